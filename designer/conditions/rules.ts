import type { RuleGroupType, RuleType } from 'react-querybuilder';

/** A rule of the builder. `value` is text, a number or a list of them; for the field `header` see HeaderValue. */
export type Rule = RuleType<string, string, unknown>;
export type RuleGroup = RuleGroupType<Rule, 'and' | 'or'>;

/** A header is named by the rule itself. */
export interface HeaderValue {
  header: string;
  value: unknown;
}

export function isGroup(rule: Rule | RuleGroup): rule is RuleGroup {
  return 'rules' in rule;
}

export function headerValue(value: unknown): HeaderValue {
  if (typeof value !== 'object' || value === null || !('header' in value)) return { header: '', value: '' };
  return { header: String(value.header), value: 'value' in value ? value.value : '' };
}
