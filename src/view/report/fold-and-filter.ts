/**
 * Makes a report foldable and filterable. It is written into the file of a report as its text, so it uses nothing
 * from outside of itself.
 * @param root what holds the report
 */
export function foldAndFilter(root: ParentNode): void {
  const tools = root.querySelector<HTMLElement>('.tools');
  if (!tools) return;
  const all = (what: string) => [...root.querySelectorAll<HTMLElement>(what)];
  const field = (name: string) => tools.querySelector<HTMLInputElement>(`[name=${name}]`);
  const texts = new Map<HTMLElement, string>();
  const textOf = (one: HTMLElement) => {
    const text = texts.get(one) ?? (one.textContent ?? '').toLowerCase();
    texts.set(one, text);
    return text;
  };
  const has = (one: HTMLElement) => {
    const words = (field('text')?.value ?? '').trim().toLowerCase();
    return words === '' || textOf(one).includes(words);
  };
  const isOf = (rules = '') => {
    const rule = field('rule')?.value ?? '';
    return rule === '' || rules.split(' ').includes(rule);
  };
  const mayHold = ({ dataset }: HTMLElement) =>
    field('broken')?.checked !== true || dataset.red === 'yes';
  const show = (what: string, isWanted: (one: HTMLElement) => boolean) => {
    for (const one of all(what)) one.hidden = !isWanted(one);
  };
  const filter = () => {
    const chapters = all('.chapter:not(.alone)');
    const alone = chapters.length === 0;
    show('.chapter:not(.alone)', (one) => mayHold(one) && isOf(one.dataset.broken) && has(one));
    const gone = chapters.filter(({ hidden }) => hidden).map(({ dataset }) => dataset.of);
    show('tr[data-of]', ({ dataset }) => !gone.includes(dataset.of));
    show('.finding', (one) => isOf(one.dataset.rule) && (!alone || has(one)));
    show('.cause', (one) => isOf(one.dataset.rule) && has(one));
    const shown = alone ? all('.finding') : chapters;
    const left = shown.filter(({ hidden }) => !hidden).length;
    const told = left < shown.length ? `${left} / ${shown.length}` : '';
    for (const output of tools.querySelectorAll('output')) output.textContent = told;
  };
  const fold = (open: boolean) => {
    for (const one of all('details')) (one as HTMLDetailsElement).open = open;
  };
  tools.addEventListener('input', filter);
  field('unfold')?.addEventListener('click', () => fold(true));
  field('fold')?.addEventListener('click', () => fold(false));
  tools.hidden = false;
}
