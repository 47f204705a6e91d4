import type { World } from '../../../sandbox/pack.js';

/** One rule of the real service about conclusions. */
export interface BusinessRule<Case> {
  /** The sandbox's name for it: `category-suits-type`. */
  name: string;
  /** What the client is told it by; empty where the public pages give none. Two are divided by a comma and a blank. */
  code: string;
  /** What must be so. */
  title: string;
  /** Where the rule is known from. */
  source: string;
  /** What is against it in this case, in a sentence; undefined: nothing. */
  broken(of: Case, world: World): Broken | undefined;
}

export interface Broken {
  /** What is wrong and what to do next. */
  what: string;
  /** That of the rule's codes which this case has. */
  code?: string;
  /** JSON path of the place in the body. */
  entry?: string;
  /** The platform's word for the kind of rule. */
  rule?: string;
  /** What would be right. */
  params?: readonly unknown[];
}

/** Sources, named once. */
export const CREATE_PAGE = 'Compositions API, method page of createComposition';
export const SIGN_PAGE = 'Compositions API, method page of signComposition';
export const CANCEL_PAGE = 'Compositions API, method page of cancelComposition';
export const ERROR_TABLE = 'table of business errors of EMAL';
export const SERVICE_SETTINGS = 'settings of EMAL';
export const VALIDATION_TABLE = 'table of validations, page 17219715103';
export const CREATE_CHANGES = 'changes of createComposition, pages 18000740730 and 18484723723';
export const REQUIREMENTS = 'requirements for a MIS (TV 3.8), as a public MIS keeps them';
