import { CopyButton } from './copy-button.js';

/** A text to copy, and the button that does it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <span class="copy-text">
      <code>{text}</code> <CopyButton text={text} label={label} />
    </span>
  );
}
