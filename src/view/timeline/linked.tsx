import type { ComponentChildren } from 'preact';
import type { Mark } from '../../audit/verdict.js';
import { useText } from '../text.js';
import type { Ground } from './ground.js';

/** Leads to request and answer, where there is a place that shows them. */
export function Linked(props: {
  mark: Pick<Mark, 'seq' | 'exchange'>;
  ground: Ground;
  children: ComponentChildren;
}) {
  const { mark, ground, children } = props;
  const t = useText();
  const link = ground.linkOf(mark);
  if (link === undefined) return <>{children}</>;
  return (
    <a href={link} aria-label={t`Request and answer of #${mark.seq}`}>
      {children}
    </a>
  );
}
