// First code that runs inside Wine: node.exe agent-entry.ts <share> <bell in> <bell out> <native library> <guest modules>.
// All five are Windows paths.
import { agentMain } from './agent-main.ts';

const [share, bellIn, bellOut, library, modules] = process.argv.slice(2);
if (!share || !bellIn || !bellOut || !library || !modules) {
  process.stderr.write('agent-entry: five paths are needed; the harness starts this program, people do not\n');
  process.exit(64);
}
agentMain({ share, bellIn, bellOut, library, modules });
