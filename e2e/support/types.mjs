// The notification types that the vendor names, and the bell's labels for them.

export const LABELS = {
  blog: "Blog post",
  "community-event": "Event",
  "community-message": "Message",
  "community-thread": "Discussion",
  course: "Course",
  coworkerinvoice: "Invoice",
  "identitycheck-fail": "Identity check failed",
  "identity-check-failed": "Identity check failed",
  "identity-check-success": "Identity confirmed",
  "identitycheck-success": "Identity confirmed",
  "push-notification": "Announcement",
  "reply-like": "Reply liked",
  "salto-locker": "Locker",
  survey: "Survey",
  "thread-like": "Discussion liked",
};
