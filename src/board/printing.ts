import { signal } from '@preact/signals';

/** The page is on its way to paper, or to a PDF: what is drawn only while it is in sight is drawn now. */
export const printing = signal(false);

addEventListener('beforeprint', () => {
  printing.value = true;
});
addEventListener('afterprint', () => {
  printing.value = false;
});
