/** Why a case has no program in C. Not an error of dllparity: what a program cannot say stays in TypeScript. */
export class NotInC extends Error {
  override readonly name = 'NotInC';
}
