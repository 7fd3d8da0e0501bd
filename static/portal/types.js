// The 15 common notification types: how the desk groups them, where the portal leads them, and a
// believable message with the id of the thing it is about.

export const TYPE_GROUPS = [
  {
    title: "Community",
    types: [
      {
        value: "community-message",
        label: "New message",
        link: "#/community/messages/{EntityId}",
        entity: 3081,
        sample: "Amina Kone wrote to you: “Is the blue bicycle by the stairs yours?”",
      },
      {
        value: "community-thread",
        label: "New thread",
        link: "#/community/threads/{EntityId}",
        entity: 512,
        sample: "Rui Tavares asks: Who has a contact at the port authority?",
      },
      {
        value: "thread-like",
        label: "Thread liked",
        link: "#/community/threads/{EntityId}",
        entity: 498,
        sample: "Joost Peeters liked your thread “Quiet hours on Fridays?”",
      },
      {
        value: "reply-like",
        label: "Reply liked",
        link: "#/community/replies/{EntityId}",
        entity: 2207,
        sample: "Three people liked your reply about the coffee machine",
      },
      {
        value: "community-event",
        label: "Event update",
        link: "#/events/{EntityId}",
        entity: 77,
        sample: "Breakfast with the harbour pilot moves to the canteen, 08:30",
      },
    ],
  },
  {
    title: "News and learning",
    types: [
      {
        value: "blog",
        label: "Blog post",
        link: "#/blog/{EntityId}",
        entity: 412,
        sample: "New on the blog: What the tide taught us about deadlines",
      },
      {
        value: "course",
        label: "Course update",
        link: "#/courses/{EntityId}",
        entity: 19,
        sample: "Bookkeeping for one-person firms: the slides of part 1 are here",
      },
      {
        value: "survey",
        label: "Survey",
        link: "#/surveys/{EntityId}",
        entity: 8,
        sample: "Two minutes, four questions: how is the new air on the second floor?",
      },
      {
        value: "push-notification",
        label: "General",
        link: null,
        entity: 1,
        sample: "The lift is being serviced until noon. The stairs have the better view.",
      },
    ],
  },
  {
    title: "Account and access",
    types: [
      {
        value: "coworkerinvoice",
        label: "Invoice",
        link: "#/invoices/{EntityId}",
        entity: 20417,
        sample: "Invoice HW-20417 over €320.00 is ready, due in 14 days",
      },
      {
        value: "salto-locker",
        label: "Locker",
        link: "#/lockers/{EntityId}",
        entity: 34,
        sample: "Locker 34 was left open. We closed it; your key still works.",
      },
      {
        value: "identity-check-success",
        label: "Identity confirmed",
        link: "#/profile/identity",
        entity: 1001,
        sample: "Your identity check went through. Your card opens the front door from now on.",
      },
      {
        value: "identitycheck-success",
        label: "Identity confirmed, other spelling",
        link: "#/profile/identity",
        entity: 1001,
        sample: "Your identity check went through. Welcome aboard.",
      },
      {
        value: "identity-check-failed",
        label: "Identity check failed",
        link: "#/profile/identity",
        entity: 1001,
        sample: "We could not read your passport’s photo page. Please try again in daylight.",
      },
      {
        value: "identitycheck-fail",
        label: "Identity check failed, other spelling",
        link: "#/profile/identity",
        entity: 1001,
        sample: "Your identity check has expired. Please send the document again.",
      },
    ],
  },
];

const TYPES = TYPE_GROUPS.flatMap((group) => group.types);

/** The entry of a NotificationType, or undefined for one that is not among the 15. */
export const findType = (value) => TYPES.find((type) => type.value === value);

/** The bell's `links`: where each type leads in this portal. */
export const LINKS = {
  ...Object.fromEntries(TYPES.filter((type) => type.link).map((type) => [type.value, type.link])),
  "*": "#/notifications/{Id}",
};
