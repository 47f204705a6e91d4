/**
 * In light and in dark; texts keep a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), marks one of 3 to 1 (1.4.11).
 */
export const COLORS = `
:root {
  --paper: #fff; --sunken: #f6f7f8; --ink: #1c2126; --soft: #57606a; --line: #dfe3e7;
  --link: #0b57a4;
  --passed: #1a6f3c; --error: #b4231a; --warning: #855200; --note: #1f5fa8;
  --error-tint: #fdf1f0; --warning-tint: #fdf6e7; --note-tint: #eff5fc;
  --open: #2464a8; --open-bar: #d3e3f5; --done: #1a6f3c; --done-bar: #c4e6d0;
  --failed: #7a3a9a; --failed-bar: #e6d5f0; --cancelled: #5a4d7a; --cancelled-bar: #e4e0ee; --odd: #8a5a00; --odd-bar: #faf0d2;
  --client: #4e565e; --client-bar: #eceef0; --server: #a04a10; --server-bar: #fbe3d3;
  --wait: #2464a818;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --sunken: #1d2126; --ink: #e4e7ea; --soft: #a0a9b2; --line: #343b43;
    --link: #8ab8f0;
    --passed: #6ccb92; --error: #ff9a90; --warning: #edb758; --note: #8ab8f0;
    --error-tint: #2a1c1c; --warning-tint: #29231a; --note-tint: #1a232d;
    --open: #8ab8f0; --open-bar: #27415f; --done: #6ccb92; --done-bar: #1f4a33;
    --failed: #d2a5ec; --failed-bar: #472b58; --cancelled: #bdb2dc; --cancelled-bar: #37324a; --odd: #edb758; --odd-bar: #42361a;
    --client: #b4bcc4; --client-bar: #30363d; --server: #f2a573; --server-bar: #4a2f1d;
    --wait: #8ab8f024;
  }
}`;
