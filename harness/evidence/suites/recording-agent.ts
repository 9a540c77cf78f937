import type { Agent } from '../../calls/agent/agent.ts';
import { declaration, type Library, type LibraryDeclaration } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';

/**
 * The agent as a script gets it while its suite is recorded: another library than that of the suite is refused, since its
 * code may be Wine's, and what it does would become what Microsoft's does.
 */
export function recordingAgent(agent: Agent, own: LibraryDeclaration): Agent {
  const only = (declared: LibraryDeclaration): void => {
    if (declared === own) return;
    throw new DllparityError('ORACLE_REFUSED', {
      what: `the script of a suite of ${own.dll} calls ${declared.dll} too, for which nobody vouches`,
      hint: 'Observe what the DLL of the suite does, and nothing else.',
    });
  };
  return new Proxy(agent, {
    get(target, key) {
      if (key === 'load') {
        return (library: Library) => {
          only(library[declaration]);
          return target.load(library);
        };
      }
      if (key === 'loadDeclared') {
        return (declared: LibraryDeclaration) => {
          only(declared);
          return target.loadDeclared(declared);
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
