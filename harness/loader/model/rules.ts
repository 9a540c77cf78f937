// The rules of the model, each with where it is written. Every step of a prediction names one of them.

import type { Rule } from './rule.ts';
import { LOADING_RULES } from './rules-loading.ts';
import { SEARCH_RULES } from './rules-search.ts';
import { SIDE_BY_SIDE_RULES } from './rules-side-by-side.ts';

const RULE_TABLE = { ...SEARCH_RULES, ...LOADING_RULES, ...SIDE_BY_SIDE_RULES } as const;

export type RuleId = keyof typeof RULE_TABLE;

export const RULES: Readonly<Record<RuleId, Rule>> = RULE_TABLE;
