// The notifications that every contender is given, in no vendor's words.

export const FEW = 25;
export const MANY = 10_000;

const TEXTS = [
  ["blog", "A new post on the house's blog: what changed on the third floor this month"],
  ["community-event", "Breakfast for members on Thursday at nine, in the kitchen on the ground floor"],
  ["community-message", "Ines wrote to you: are the two desks by the window still free next week?"],
  ["community-thread", "A new discussion: bicycles in the yard, and where they may stand"],
  ["course", "Your course on bookkeeping for freelancers begins on Monday at six"],
  ["coworkerinvoice", "Invoice 2026-0418 over 240.00 is ready and due on the last day of the month"],
  ["push-notification", "The lift is out of order until noon; the goods lift in the yard is open"],
  ["reply-like", "Tomás liked your reply in the discussion about quiet hours"],
  ["salto-locker", "Locker 17 is yours until Friday; it opens with your badge"],
  ["survey", "Three questions about the meeting rooms, two minutes of your time"],
];

const start = Date.now();

/** The newest `total` notifications, newest first; the texts differ in a number so that rows can be told apart. */
export function notifications(total) {
  return Array.from({ length: total }, (_, index) => {
    const [type, text] = TEXTS[index % TEXTS.length];
    return {
      number: total - index,
      type,
      text: `${text} (${total - index})`,
      at: new Date(start - index * 11 * 60_000),
    };
  });
}

/** A UUID that is made of a number. */
export const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
