/** The few symbols of the site, drawn on a 16×16 grid in the colour of the text. */
import type { ReactNode } from 'react';

const icon = (shape: ReactNode) =>
  function Icon() {
    return (
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden
      >
        {shape}
      </svg>
    );
  };

export const PlayIcon = icon(<path d="M4 2.5v11l9-5.5z" fill="currentColor" strokeLinejoin="round" />);
export const PauseIcon = icon(<path d="M4.5 3v10M11.5 3v10" strokeWidth="3" />);
export const ForwardIcon = icon(
  <path d="M4 3l6 5-6 5zM12 3v10" fill="currentColor" strokeLinejoin="round" />,
);
export const BackIcon = icon(<path d="M12 3L6 8l6 5zM4 3v10" fill="currentColor" strokeLinejoin="round" />);
export const StartIcon = icon(
  <path d="M13 3L8.5 8l4.5 5zM8 3L3.5 8 8 13z" fill="currentColor" strokeLinejoin="round" />,
);
export const UndoIcon = icon(
  <path d="M6 3L2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 010 7H6" strokeLinecap="round" strokeLinejoin="round" />,
);
export const RedoIcon = icon(
  <path d="M10 3l3.5 3.5L10 10M13 6.5H6.5a3.5 3.5 0 000 7H10" strokeLinecap="round" strokeLinejoin="round" />,
);
export const ResetIcon = icon(
  <path d="M3 3v3.5h3.5M3.3 6.5A5 5 0 118 13" strokeLinecap="round" strokeLinejoin="round" />,
);
export const DiceIcon = icon(
  <>
    <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
    <path
      d="M5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01"
      strokeWidth="2"
      strokeLinecap="round"
    />
  </>,
);
export const CheckIcon = icon(
  <path d="M3 8.5l3.2 3.2L13 4.8" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />,
);
export const CrossIcon = icon(<path d="M4 4l8 8M12 4l-8 8" strokeWidth="2" strokeLinecap="round" />);
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="3" />
    <path
      d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"
      strokeLinecap="round"
    />
  </>,
);
export const MoonIcon = icon(<path d="M13.5 9.5A6 6 0 016.5 2.5a6 6 0 107 7z" strokeLinejoin="round" />);
export const SystemIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.5" />
    <path d="M8 2.5v11a5.5 5.5 0 000-11z" fill="currentColor" />
  </>,
);
export const ShareIcon = icon(
  <path d="M8 10V2M5 4.5L8 1.5l3 3M3.5 8v5.5h9V8" strokeLinecap="round" strokeLinejoin="round" />,
);
export const ExportIcon = icon(
  <path d="M8 2v8M5 7.5l3 3 3-3M3 13.5h10" strokeLinecap="round" strokeLinejoin="round" />,
);
