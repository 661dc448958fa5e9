import { Code, Table, Text } from '@mantine/core';
import type { Run } from '../../schemas/run.ts';
import type { Variable } from '../../schemas/variable.ts';
import { describeValue } from '../conditions/describe-logic.ts';
import { variablesAt } from './variables-at.ts';

/** Every variable of the flow before and after the step that is looked at, or at the end. */
export function TriedVariables(props: { variables: readonly Variable[]; run: Run; step: number | null }) {
  const { variables, run, step } = props;
  if (variables.length === 0) {
    return (
      <Text size="sm" c="var(--sluice-muted)">
        This flow has no variables. Add one in the flow’s settings to remember what a service says, or what a condition
        found.
      </Text>
    );
  }
  return (
    <Table aria-label={step === null ? 'Variables at the end' : `Variables at step ${step + 1}`} horizontalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Variable</Table.Th>
          <Table.Th>{step === null ? 'At the end' : 'Before'}</Table.Th>
          {step !== null && <Table.Th>After</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {variablesAt(variables, run, step).map(({ name, before, after, isSet }) => (
          <Table.Tr key={name}>
            <Table.Td>
              <Code fz="xs">{name}</Code>
            </Table.Td>
            <Table.Td>{describeValue(before)}</Table.Td>
            {step !== null && <Table.Td fw={isSet ? 700 : 400}>{describeValue(after)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
