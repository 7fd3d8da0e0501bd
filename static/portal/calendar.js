// The portal's content is fixed; its dates are always near today.

const longDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const shortMonth = new Intl.DateTimeFormat("en-GB", { month: "short" });

export function fillDates(now = new Date()) {
  document.getElementById("today-date").textContent = `${longDay.format(now)}, Lisbon`;
  for (const time of document.querySelectorAll("time[data-in-days]")) {
    const day = new Date(now);
    day.setDate(day.getDate() + Number(time.dataset.inDays));
    const month = document.createElement("span");
    month.textContent = shortMonth.format(day);
    time.dateTime = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    time.replaceChildren(String(day.getDate()), month);
  }
}

export function greetingFor(now = new Date()) {
  const hour = now.getHours();
  if (hour >= 5 && hour < 12) return "Good morning";
  return hour >= 12 && hour < 18 ? "Good afternoon" : "Good evening";
}
