import { useState } from 'preact/hooks';
import { t } from './text.js';

/** Puts a text onto the clipboard, and says so for a while. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await toClipboard(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <button type="button" class="copy" onClick={() => void copy()} aria-label={label}>
      <span aria-live="polite">{copied ? t('Copied') : t('Copy')}</span>
    </button>
  );
}

/** Pages that come over plain HTTP from another machine have no clipboard of their own. */
async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
