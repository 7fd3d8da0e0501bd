import { KnockFeedProvider, KnockProvider, NotificationFeedPopover, NotificationIconButton } from "@knocklabs/react";
import "@knocklabs/react/dist/index.css";
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";

function Bell() {
  const [isVisible, setIsVisible] = useState(false);
  const button = useRef(null);
  return (
    <KnockProvider apiKey="harbour-works" host={location.origin} userId="1001">
      <KnockFeedProvider feedId="00000000-0000-4000-8000-000000000000">
        <div>
          <NotificationIconButton ref={button} onClick={() => setIsVisible(!isVisible)} />
          <NotificationFeedPopover buttonRef={button} isVisible={isVisible} onClose={() => setIsVisible(false)} />
        </div>
      </KnockFeedProvider>
    </KnockProvider>
  );
}

createRoot(document.getElementById("bell")).render(<Bell />);
