import { skillsViewSchema } from '../../../schemas/api/skills.ts';
import { everyRole } from '../access.ts';
import { usesBy } from '../flows-using.ts';
import { route } from '../route.ts';

export const skillsRoutes = [
  route({
    method: 'get',
    path: '/api/skills',
    summary: 'Skills that published flows ask for; a skill exists by being asked for',
    access: everyRole,
    response: skillsViewSchema,
    async handler({ services }) {
      const uses = [...(await usesBy(services.flows, 'skills'))];
      return {
        items: uses.map(([name, usedBy]) => ({ name, usedBy })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
      };
    },
  }),
];
