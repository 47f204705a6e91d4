import { CopyText } from '../copy-text.js';
import { t } from '../text.js';

/** The address that a client is given, to copy. */
export function BaseUrl({ url }: { url: string }) {
  return (
    <p class="base-url">
      <span class="base-url-name">{t('Base URL for the client')}</span>
      <CopyText text={url} label={t('Copy the base URL')} />
    </p>
  );
}
