import Type from 'typebox';

/** Ids appear in file names, URLs and git diffs: lower case, digits and hyphens, at most 64. */
export const idPattern = '^[a-z0-9][a-z0-9-]{0,63}$';

export const idSchema = Type.String({ pattern: idPattern });
export const flowIdSchema = Type.String({ pattern: idPattern, description: 'Same as the file name before .flow.json' });
export const actionIdSchema = Type.String({ pattern: idPattern });
export const queueIdSchema = Type.String({ pattern: idPattern, title: 'Queue' });

/** Priority counts minutes of waiting; the range is that of Genesys Cloud, whose flows people bring along. */
export const prioritySchema = Type.Integer({
  minimum: -25_000_000,
  maximum: 25_000_000,
  title: 'Priority',
  description: 'One point counts as one minute of waiting',
});

export const skillsSchema = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
  maxItems: 50,
  uniqueItems: true,
  title: 'Skills',
});
