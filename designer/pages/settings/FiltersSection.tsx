import { NumberInput, TagsInput } from '@mantine/core';
import { useGeneralFilters, useSaveGeneralFilters } from '../../api/filters.ts';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { FilterFields } from '../filters/FilterFields.tsx';
import { Section } from './Section.tsx';

/** What is kept away from the flows in every mailbox. */
export function FiltersSection() {
  const filters = useGeneralFilters();
  const save = useSaveGeneralFilters();
  return (
    <Section
      title="Filters of all mailboxes"
      description="What is kept away from the flows, wherever it comes in. Each mailbox can have more on its own page."
    >
      <Resource query={filters} name="The filters">
        {(stored) => (
          <StoredForm stored={stored} save={save}>
            {({ rules, trustedServers, confirmDays }, change) => (
              <>
                <FilterFields rules={rules} change={(part) => change({ rules: { ...rules, ...part } })} />
                <TagsInput
                  label="Mail servers that prove senders"
                  description="The name that your own mail server writes first into Authentication-Results, such as mx.google.com. Results of other servers count for nothing."
                  value={trustedServers}
                  onChange={(value) => change({ trustedServers: value })}
                />
                <NumberInput
                  label="A confirmation link works for"
                  suffix={confirmDays === 1 ? ' day' : ' days'}
                  min={1}
                  max={30}
                  maw={260}
                  value={confirmDays}
                  onChange={(value) => change({ confirmDays: Number(value) || 1 })}
                />
              </>
            )}
          </StoredForm>
        )}
      </Resource>
    </Section>
  );
}
