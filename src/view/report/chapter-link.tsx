import { clip } from '../printable.js';
import { chapterId } from './tell.js';

/** Leads to a chapter of the page. */
export function ChapterLink({ index, name = '' }: { index: number; name?: string | undefined }) {
  return <a href={`#${chapterId(index)}`}>{clip(name, 60)}</a>;
}
