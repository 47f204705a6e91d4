import type { ComponentChildren } from 'preact';
import type { Mark } from '../../audit/verdict.js';
import type { Ground } from './ground.js';

/** Leads to request and answer, where there is a place that shows them. */
export function Linked(props: {
  mark: Pick<Mark, 'seq' | 'exchange'>;
  ground: Ground;
  first?: boolean;
  /** What the mark says. */
  told: string;
  children: ComponentChildren;
}) {
  const { mark, ground, first = false, told, children } = props;
  const link = ground.linkOf(mark);
  if (link === undefined) return <>{children}</>;
  return (
    <a href={link} aria-label={told} tabIndex={ground.roving && !first ? -1 : undefined}>
      {children}
    </a>
  );
}
