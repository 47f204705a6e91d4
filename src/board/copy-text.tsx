import { useState } from 'preact/hooks';
import { t } from './text.js';

/** A text to copy, and the button that does it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    });
  return (
    <span class="copy-text">
      <code>{text}</code>{' '}
      <button type="button" class="small" onClick={() => void copy()} aria-label={label}>
        <span aria-live="polite">{copied ? t('Copied') : t('Copy')}</span>
      </button>
    </span>
  );
}
