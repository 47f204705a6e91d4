import { useState } from 'preact/hooks';
import { t } from '../text.js';

/** The address that a client is given, to copy. */
export function BaseUrl({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <p class="base-url">
      <span>{t('Base URL for the client')}</span>
      <code>{url}</code>
      {/* A page that is no secure context has no clipboard. */}
      {navigator.clipboard && (
        <button type="button" onClick={() => void copy()}>
          {copied ? t('Copied') : t('Copy')}
        </button>
      )}
    </p>
  );
}
