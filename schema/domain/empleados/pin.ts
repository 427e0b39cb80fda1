/** How much a PIN is worth (design 04 §4). The KDF does not protect a PIN: what is left is not to take the first ones everybody tries. */

/** Every step from digit to digit is the same: 1111, 1234, 4321, 13579, 7890. */
const enEscalera = (digitos: number[]): boolean => {
  const paso = (digitos[1]! - digitos[0]! + 10) % 10
  return digitos.every((d, i) => i === 0 || (d - digitos[i - 1]! + 10) % 10 === paso)
}

/** The same piece over and over: 1212, 787878, 123123. */
const repetido = (pin: string): boolean =>
  [1, 2, 3].some((largo) => pin.length % largo === 0 && pin.length > largo && pin.slice(0, largo).repeat(pin.length / largo) === pin)

/** EMP-05. Whether a PIN of 4 to 6 digits is one of those tried first: refused with PIN_TRIVIAL. */
export const esPinTrivial = (pin: string): boolean => enEscalera([...pin].map(Number)) || repetido(pin)

/** 6 digits are proposed; fewer are taken, and the dueño is told what that means. */
export const esPinCorto = (pin: string): boolean => pin.length < 6
