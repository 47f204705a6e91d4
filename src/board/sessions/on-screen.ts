import { useEffect, useState } from 'preact/hooks';

/** Is an element in the window, or close to it? */
export function useOnScreen(place: { readonly current: Element | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    watchers.set(element, setSeen);
    observer.observe(element);
    return () => {
      observer.unobserve(element);
      watchers.delete(element);
    };
  }, [place]);
  return seen;
}

const watchers = new WeakMap<Element, (seen: boolean) => void>();

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) watchers.get(target)?.(isIntersecting);
  },
  { rootMargin: '300px 0px' },
);
