import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from './text.js';

/** One thing that can be chosen. */
export interface Option {
  value: string;
  /** What stands in the field once it is chosen. */
  label: string;
  group?: string;
  /** What is searched beside the label. */
  words?: string;
  /** What the list shows. */
  shown: ComponentChildren;
}

interface ChoiceProps {
  label: string;
  options: readonly Option[];
  /** Value of what is chosen. */
  chosen?: string | undefined;
  onChoose(value: string): void;
  placeholder?: string;
  /** The field is emptied once something is chosen: it is a menu with a search. */
  empties?: boolean;
}

/**
 * A field in which one of many things is searched and chosen: a combobox with a list below it, by the pattern of
 * WAI-ARIA 1.2. The field keeps the focus; arrows move in the list, Enter chooses, Escape closes.
 */
export function Choice({ label, options, chosen, onChoose, placeholder, empties }: ChoiceProps) {
  const id = useId();
  const [search, setSearch] = useState<string | undefined>();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const open = search !== undefined;
  const current = options.find(({ value }) => value === chosen);
  const found = open ? options.filter((one) => fits(one, search)) : [];
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, search]);
  const show = (text: string) => {
    setSearch(text);
    setAt(text === '' && current ? Math.max(0, options.indexOf(current)) : 0);
  };
  const take = (option: Option | undefined) => {
    if (!option) return;
    setSearch(undefined);
    onChoose(option.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) show('');
      else setAt((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length || 0);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setSearch(undefined);
    }
  };
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        value={search ?? (empties ? '' : (current?.label ?? ''))}
        onFocus={() => show('')}
        onClick={() => !open && show('')}
        onInput={({ currentTarget }) => show(currentTarget.value)}
        onBlur={() => setSearch(undefined)}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        class="choice-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!open}
      >
        {found.map((option, i) => (
          <Listed
            key={option.value}
            id={`${id}-${i}`}
            option={option}
            heading={option.group !== found[i - 1]?.group ? option.group : undefined}
            here={i === at}
            onTake={() => take(option)}
          />
        ))}
        {open && found.length === 0 && <div class="nothing">{t('Nothing is found.')}</div>}
      </div>
    </div>
  );
}

interface ListedProps {
  id: string;
  option: Option;
  heading: string | undefined;
  here: boolean;
  onTake(): void;
}

function Listed({ id, option, heading, here, onTake }: ListedProps) {
  return (
    <>
      {heading !== undefined && (
        <div class="choice-group" role="presentation">
          {heading}
        </div>
      )}
      {/* The field has the focus, and the keys with it. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the field points here */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys */}
      <div
        id={id}
        role="option"
        aria-selected={here}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onTake}
      >
        {option.shown}
      </div>
    </>
  );
}

function fits({ label, words = '', group = '' }: Option, search: string): boolean {
  const text = `${label}\n${words}\n${group}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
