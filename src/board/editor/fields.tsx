import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';

interface TextFieldProps {
  label: string;
  value: string;
  onText: (text: string) => void;
  hint?: string;
  spoken?: boolean;
  wide?: boolean;
  rows?: number;
  list?: readonly string[];
}

/** A text that counts once it is left, or Enter is pressed: half of one would be a mistake. */
export function TextField({
  label,
  value,
  onText,
  hint,
  spoken,
  wide,
  rows,
  list,
}: TextFieldProps) {
  const [now, setNow] = useState(value);
  const id = useId();
  useEffect(() => setNow(value), [value]);
  const done = () => {
    if (now !== value) onText(now);
  };
  const shared = {
    id,
    value: now,
    spellcheck: false,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    onBlur: done,
  };
  return (
    <div class={wide ? 'field wide' : 'field'}>
      <label for={id} class={spoken ? 'spoken' : undefined}>
        {label}
      </label>
      {rows === undefined ? (
        <input
          {...shared}
          list={list === undefined ? undefined : `${id}-list`}
          onInput={({ currentTarget }) => setNow(currentTarget.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter') done();
          }}
        />
      ) : (
        <textarea
          {...shared}
          rows={rows}
          onInput={({ currentTarget }) => setNow(currentTarget.value)}
        />
      )}
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {hint !== undefined && (
        <small id={`${id}-hint`} class="quiet">
          {hint}
        </small>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChoice: (value: string) => void;
  children: ComponentChildren;
  spoken?: boolean;
}

export function Choice({ label, value, onChoice, children, spoken }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={spoken ? 'spoken' : undefined}>
        {label}
      </label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChoice(currentTarget.value)}>
        {children}
      </select>
    </div>
  );
}
