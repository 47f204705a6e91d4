import { createHash } from 'node:crypto';
import { escapeHtml } from '../../escape-html.js';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 10vh auto; max-width: 34rem; padding: 0 1rem; }
button { font: inherit; padding: .6rem 1.4rem; }
code { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #e6e6e6; } }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * Nothing but its own style and its own form (Content Security Policy Level 3). Browsers hold the redirect that follows
 * a form to `form-action` as well, so the client's origin stands there.
 */
export function policyFor(redirectUri: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self' ${new URL(redirectUri).origin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** @param fields what the form sends; everything comes from a request and is escaped */
export function page(
  { user, client }: { user: string; client: string },
  fields: Readonly<Record<string, string>>,
): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('\n        ');
  return `<!DOCTYPE html>
<html lang="uk">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Вхід</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Вхід</h1>
      <p>${escapeHtml(user)} дозволяє, від імені «${escapeHtml(client)}»:</p>
      <p><code>${escapeHtml(fields.scope ?? '')}</code></p>
      <form method="post">
        ${hidden}
        <button type="submit">Увійти</button>
      </form>
      <p>Тестове середовище; код буде надіслано на <code>${escapeHtml(fields.redirect_uri ?? '')}</code></p>
    </main>
  </body>
</html>
`;
}
