/** Why a fact cannot be tried here. It is its verdict, and no error of anybody's. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}
