import { useMemo } from 'react';
import { type FullField, QueryBuilder, type RuleGroupType } from 'react-querybuilder';
import { builderControls } from './builder-controls.tsx';
import { operatorsFor } from './builder-operators.ts';
import type { ConditionField } from './condition-fields.ts';
import classes from './RuleBuilder.module.css';
import type { RuleGroup } from './rules.ts';

interface RuleBuilderProps {
  fields: readonly ConditionField[];
  rules: RuleGroup;
  onChange: (rules: RuleGroup) => void;
  isReadOnly: boolean;
}

/** Rules in nested groups, drawn by react-querybuilder in Mantine's clothes. */
export function RuleBuilder({ fields, rules, onChange, isReadOnly }: RuleBuilderProps) {
  const options = useMemo(
    () =>
      [...Map.groupBy(fields, ({ group }) => group)].map(([label, members]) => ({
        label,
        options: members.map((field) => ({ name: field.id, value: field.id, label: field.label, kind: field.kind })),
      })),
    [fields],
  );
  return (
    <div className={classes.root}>
      <QueryBuilder
        fields={options}
        // The builder knows rules with any value; ours are the same shape with narrower words.
        query={rules as RuleGroupType}
        onQueryChange={(next) => onChange(next as RuleGroup)}
        controlElements={builderControls}
        combinators={combinators}
        translations={translations}
        getOperators={(_name, { fieldData }) => operatorsOfOption(fieldData)}
        getDefaultValue={({ field, operator }, { fieldData }) => startValue(field, operator, fieldData)}
        getDefaultField="email.subject"
        addRuleToNewGroups
        showNotToggle
        resetOnOperatorChange={false}
        disabled={isReadOnly}
        maxLevels={5}
        controlClassnames={controlClassnames}
      />
    </div>
  );
}

function operatorsOfOption(option: FullField) {
  const kind = option.kind as ConditionField['kind'];
  return operatorsFor({ id: option.name, kind }).map(({ name, label }) => ({ name, value: name, label }));
}

function startValue(field: string, operator: string, option: FullField): unknown {
  if (field === 'header') return { header: '', value: '' };
  if (operator === 'in-list' || operator === 'not-in-list') return [];
  return option.kind === 'number' ? 0 : '';
}

const combinators = [
  { name: 'and', value: 'and', label: 'all of' },
  { name: 'or', value: 'or', label: 'any of' },
];

const controlClassnames = { queryBuilder: classes.builder ?? '' };

const translations = {
  fields: { title: 'What to look at' },
  operators: { title: 'How to compare' },
  value: { title: 'Value' },
  removeRule: { label: '✕', title: 'Remove this condition' },
  removeGroup: { label: '✕', title: 'Remove this group' },
  addRule: { label: 'Rule', title: 'Add a condition' },
  addGroup: { label: 'Group', title: 'Add a group' },
  combinators: { title: 'All or any' },
  notToggle: { label: 'not', title: 'Turn the answer around' },
};
