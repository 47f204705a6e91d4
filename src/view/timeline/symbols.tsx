import type { ComponentChildren } from 'preact';
import type { Reply } from '../../audit/reply.js';
import type { Shape } from './marks.js';

/** Shapes and hatchings that timelines refer to, once a page; `currentColor` and CSS give them their colours. */
export function Symbols() {
  return (
    <svg width="0" height="0" class="symbols" aria-hidden="true" focusable="false">
      <defs>
        <circle id="m-circle" r="4.5" />
        <path id="m-diamond" d="M0-6 6 0 0 6-6 0z" />
        <rect id="m-square" x="-4.5" y="-4.5" width="9" height="9" />
        <path id="m-cross" d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" class="cross" />
        <path id="m-start" d="M-11-5.5-1 0-11 5.5z" class="start" />
        <path id="m-flag" d="M0 0 8 3.5 0 7z" />
        <g id="m-hook">
          <rect x="-6" y="-4.5" width="12" height="9" />
          <path d="M-6-4.5 0 .5 6-4.5" class="flap" />
        </g>
        <path id="m-flaw" d="M-5-4H5L0 5z" />
        <path id="m-stroke" d="M0-5V5" class="stroke" />
        <rect id="m-badge" x="-9" y="-7.5" width="18" height="15" rx="4" />
        <Hatch reply="cancelled" size={6}>
          <path d="M0 6 6 0" />
        </Hatch>
        <Hatch reply="unknown" size={6}>
          <circle cx="3" cy="3" r="1" />
        </Hatch>
        <Hatch reply="unreadable" size={7}>
          <path d="M0 0 7 7M7 0 0 7" />
        </Hatch>
        <Hatch reply="gone" size={7}>
          <path d="M-1 8 8-1" />
        </Hatch>
        <Hatch reply="refused" size={6}>
          <path d="M3 0V6" />
        </Hatch>
        <Hatch reply="rejected" size={6}>
          <path d="M0 3H6" />
        </Hatch>
        <Hatch reply="failure" size={6}>
          <path d="M-1-1 7 7" stroke-width="1.6" />
        </Hatch>
        <Hatch reply="lost" size={5}>
          <path d="M0 2.5H5M2.5 0V5" />
        </Hatch>
      </defs>
    </svg>
  );
}

function Hatch(props: { reply: Reply; size: number; children: ComponentChildren }) {
  const { reply, size, children } = props;
  return (
    <pattern
      id={`p-${reply}`}
      class={`hatch k-${reply}`}
      width={size}
      height={size}
      patternUnits="userSpaceOnUse"
    >
      <rect class="ground" width={size} height={size} />
      {children}
    </pattern>
  );
}

/** A shape by itself, to be explained. */
export function Sample({ shape, kind }: { shape: Shape | 'flag' | 'flaw' | 'hook'; kind: string }) {
  const x = shape === 'start' ? 15 : shape === 'flag' ? 5 : 9;
  const y = shape === 'flag' ? 6 : 9;
  return (
    <svg class="sample" width="18" height="18" aria-hidden="true">
      <g class={`mark ${kind}`}>
        <use href={`#m-${shape}`} x={x} y={y} />
      </g>
    </svg>
  );
}

/** A piece of a bar. */
export function Swatch({ reply }: { reply: Reply }) {
  return (
    <svg class={`sample bar k-${reply}`} width="28" height="14" aria-hidden="true">
      <rect width="100%" height="100%" />
    </svg>
  );
}
