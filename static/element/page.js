/** Whether nobody sees the page. Not `document.hidden`: a frame of the name `hidden` stands for that. */
export const isHidden = () => document.visibilityState === "hidden";
