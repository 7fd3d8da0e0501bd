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
    time.dateTime = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
      .map((n) => String(n).padStart(2, "0"))
      .join("-");
    time.replaceChildren(String(day.getDate()), month);
  }
}

const PARTS_OF_DAY = [
  {
    from: 18,
    greeting: "Good evening",
    lead: "The ferries are coming home with their lights on. Quay 4 is quiet, and the kettle in the canteen is still warm.",
  },
  {
    from: 12,
    greeting: "Good afternoon",
    lead: "The tide is turning and the long table has been cleared. Quay 4 still has window desks, and the Sail Loft is free from four.",
  },
  {
    from: 5,
    greeting: "Good morning",
    lead: "The river is calm and the Chart Room is yours at ten. Carla has put the first coffee on, and Quay 4 still has window desks.",
  },
  {
    from: 0,
    greeting: "Good evening",
    lead: "The house is yours until the first ferry. Please leave the lamp on Quay 4 lit; the cleaners like it.",
  },
];

/** `{greeting, lead}` for the time of day. */
export const partOfDay = (now = new Date()) => PARTS_OF_DAY.find(({ from }) => now.getHours() >= from);
