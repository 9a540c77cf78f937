import type { Markup } from '../html/markup.ts';

/** A heading of the level that the page has for it. */
export type Heading = (text: string) => Markup;
