/** Food as small drawings: what stands for photos in the demo world. Pure: the same name is drawn the same on every machine. */
import { azarDe } from '../azar.ts'

/** 8:5, as a card shows it; its middle square is the thumbnail. */
export const ANCHO = 160
export const ALTO = 100
const [CX, CY] = [ANCHO / 2, ALTO / 2]

export type Dibujo =
  | { que: 'pizza'; con: readonly Ingrediente[]; salsa?: string; queso?: string }
  | { que: 'pasta'; color: string; salsa: string }
  | { que: 'horneado'; capas: readonly string[] }
  | { que: 'alitas' | 'panes' | 'ensalada' | 'papas' | 'mollete' | 'concha' | 'helado' | 'mesa' | 'reparto' | 'pesa' | 'credencial' }
  | { que: 'vaso'; color: string; sinPopote?: boolean }
  | { que: 'botella' | 'taza'; color: string }
  | { que: 'postre'; capas: readonly string[] }

export type Ingrediente =
  | 'pepperoni'
  | 'jamon'
  | 'pina'
  | 'albahaca'
  | 'jitomate'
  | 'aceituna'
  | 'champinon'
  | 'pimiento'
  | 'jalapeno'
  | 'chorizo'

const FONDOS = ['#F1DFC2', '#DDE6D2', '#EFDFD8', '#E0E4D4', '#E8D6C8', '#D9DFD6', '#EBDCCB', '#E6E0D0', '#DCE8E4', '#E2E0E6']

/** The SVG of an articulo. `nombre` chooses its background and where things fall. */
export function dibujar(nombre: string, dibujo: Dibujo): string {
  const azar = azarDe(`dibujo|${nombre}`)
  const fondo = FONDOS[Math.floor(azar() * FONDOS.length)] ?? '#E6E0D0'
  const dentro = `<rect width="${ANCHO}" height="${ALTO}" fill="${fondo}"/>${PINCELES[dibujo.que](dibujo as never, azar)}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${ANCHO} ${ALTO}">${dentro}</svg>`
}

type Azar = () => number
type Pincel<D> = (dibujo: D, azar: Azar) => string
const n = (valor: number) => valor.toFixed(1)
const circulo = (x: number, y: number, r: number, color: string, mas = '') =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${color}"${mas}/>`
const elipse = (x: number, y: number, rx: number, ry: number, color: string, mas = '') =>
  `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${color}"${mas}/>`
const caja = (x: number, y: number, ancho: number, alto: number, r: number, color: string, mas = '') =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(ancho)}" height="${n(alto)}" rx="${n(r)}" fill="${color}"${mas}/>`
const girado = (grados: number, x: number, y: number) => ` transform="rotate(${n(grados)} ${n(x)} ${n(y)})"`
const sombra = (r: number) => elipse(CX + 4, CY + 6, r, r * 0.98, '#000', ' opacity=".17"')
const veces = (cuantas: number, una: (i: number) => string) => Array.from({ length: cuantas }, (_, i) => una(i)).join('')

const INGREDIENTES: Record<Ingrediente, (x: number, y: number, giro: number) => string> = {
  pepperoni: (x, y) => circulo(x, y, 5, '#A82B1C') + circulo(x - 0.8, y - 0.8, 3.8, '#C53F2B'),
  jamon: (x, y, giro) => caja(x - 4, y - 3, 8, 6, 1, '#E8918F', girado(giro, x, y)),
  pina: (x, y, giro) =>
    `<path d="M${n(x - 4)} ${n(y + 3)}L${n(x + 4)} ${n(y + 3)}L${n(x)} ${n(y - 4)}Z" fill="#F6DF6E" stroke="#D9B640" stroke-width=".6"${girado(giro, x, y)}/>`,
  albahaca: (x, y, giro) => elipse(x, y, 5.4, 2.8, '#3E7A34', girado(giro, x, y)),
  jitomate: (x, y) => circulo(x, y, 4.6, '#C8402C') + circulo(x, y, 3, '#E0644C'),
  aceituna: (x, y) => `<circle cx="${n(x)}" cy="${n(y)}" r="2.8" fill="none" stroke="#262626" stroke-width="2"/>`,
  champinon: (x, y, giro) =>
    `<g${girado(giro / 4, x, y)}><path d="M${n(x - 5)} ${n(y)}A5 4.4 0 0 1 ${n(x + 5)} ${n(y)}Z" fill="#F2EAE0" stroke="#BBAA95" stroke-width=".6"/>${caja(x - 1.2, y, 2.4, 3.4, 1, '#E5D8C8')}</g>`,
  pimiento: (x, y, giro) =>
    `<path d="M${n(x - 5)} ${n(y)}Q${n(x)} ${n(y - 6)} ${n(x + 5)} ${n(y)}" fill="none" stroke="#4F8A3B" stroke-width="2.4" stroke-linecap="round"${girado(giro, x, y)}/>`,
  jalapeno: (x, y) => circulo(x, y, 3.2, '#5E9A45') + circulo(x, y, 1.8, '#CFE3AE'),
  chorizo: (x, y, giro) => elipse(x, y, 4.4, 3.2, '#8E2F1B', girado(giro, x, y)),
}

const pizza: Pincel<Extract<Dibujo, { que: 'pizza' }>> = ({ con, salsa = '#B93A22', queso = '#F2C14E' }, azar) => {
  const rebanadas = veces(
    4,
    (i) => `<path d="M${CX - 33} ${CY}H${CX + 33}" stroke="#D9A33C" stroke-width=".9" opacity=".6"${girado(i * 45, CX, CY)}/>`,
  )
  const manchas = veces(9, () => {
    const [a, r] = [azar() * 6.28, azar() * 28]
    return circulo(CX + Math.cos(a) * r, CY + Math.sin(a) * r, 2.5 + azar() * 3, '#F8D87C', ' opacity=".85"')
  })
  // Two rings, turned a little, so that nothing falls on something else.
  const puestos = [
    ...Array.from({ length: 9 }, (_, i) => [i / 9, 24] as const),
    ...Array.from({ length: 4 }, (_, i) => [i / 4 + 0.1, 11] as const),
  ]
  const encima = puestos.map(([vuelta, radio], i) => {
    const [a, r] = [vuelta * 6.28 + azar() * 0.3, radio + azar() * 4]
    const cual = con[i % con.length]
    return cual ? INGREDIENTES[cual](CX + Math.cos(a) * r, CY + Math.sin(a) * r, azar() * 360) : ''
  })
  const masa =
    circulo(CX, CY, 42, '#C98A3C') + circulo(CX, CY, 40.4, '#E0A552') + circulo(CX, CY, 35.8, salsa) + circulo(CX, CY, 34.2, queso)
  return sombra(43) + masa + manchas + rebanadas + encima.join('')
}

const plato = () => sombra(45) + circulo(CX, CY, 43, '#fff') + circulo(CX, CY, 34, '#EFE9DF')

const pasta: Pincel<Extract<Dibujo, { que: 'pasta' }>> = ({ color, salsa }, azar) =>
  plato() +
  veces(13, () => {
    const [x, y] = [CX - 6 + azar() * 12, CY - 7 + azar() * 14]
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(11 + azar() * 13)}" ry="${n(9 + azar() * 11)}" fill="none" stroke="${color}" stroke-width="2.9"/>`
  }) +
  circulo(CX, CY, 12, salsa) +
  circulo(CX - 4, CY - 4, 6, '#fff', ' opacity=".18"') +
  elipse(CX + 5, CY - 3, 5, 2.5, '#3E7A34')

const horneado: Pincel<Extract<Dibujo, { que: 'horneado' }>> = ({ capas }) =>
  elipse(CX, 76, 54, 12, '#000', ' opacity=".12"') +
  elipse(CX, 72, 54, 12, '#fff') +
  capas.map((color, i) => caja(CX - 34 + i, 70 - (i + 1) * (44 / capas.length), 68 - 2 * i, 44 / capas.length + 2, 3, color)).join('')

const postre: Pincel<Extract<Dibujo, { que: 'postre' }>> = ({ capas }) =>
  horneado({ que: 'horneado', capas }, () => 0) + circulo(CX, 22, 5, '#C53F2B') + elipse(CX + 6, 21, 4, 2, '#3E7A34')

const alitas: Pincel<unknown> = (_, azar) =>
  veces(6, (i) => {
    const [x, y] = [CX - 36 + (i % 3) * 36, 34 + Math.floor(i / 3) * 32]
    const giro = girado(azar() * 80 - 40, x, y)
    return `<g${giro}>${caja(x + 9, y - 2, 16, 4.4, 2, '#F6EBDD')}${elipse(x, y, 15, 10, i % 2 ? '#9C4417' : '#B5561F')}${elipse(x - 4, y - 3, 8, 3.4, '#D98445', ' opacity=".75"')}</g>`
  })

const panes: Pincel<unknown> = () =>
  veces(4, (i) => {
    const x = CX - 44 + i * 29
    return `<g${girado(18, x, CY)}>${caja(x - 9, 24, 19, 50, 9, '#D9A154')}${caja(x - 5.5, 30, 12, 38, 6, '#F0CE86')}${circulo(x, 42, 1.8, '#3E7A34')}${circulo(x + 2, 56, 1.8, '#3E7A34')}</g>`
  })

const ensalada: Pincel<unknown> = (_, azar) =>
  plato() +
  veces(30, (i) => {
    const [a, r] = [azar() * 6.28, 6 + azar() * 24]
    const [x, y] = [CX + Math.cos(a) * r, CY + Math.sin(a) * r]
    return elipse(x, y, 8.4, 4.2, ['#4F8A3B', '#6FA650', '#8DBF63'][i % 3] ?? '#6FA650', girado(azar() * 360, x, y))
  }) +
  veces(6, (i) => circulo(CX + Math.cos(i) * 20, CY + Math.sin(i * 1.3) * 18, 4.4, i % 2 ? '#D2573F' : '#F0E2B6'))

const papas: Pincel<unknown> = (_, azar) =>
  plato() +
  veces(22, () => {
    const [x, y] = [CX - 22 + azar() * 44, CY - 18 + azar() * 36]
    return caja(x - 14, y - 2.4, 28, 4.8, 1.6, azar() < 0.5 ? '#E9B949' : '#D9A33C', girado(azar() * 360, x, y))
  })

const mollete: Pincel<unknown> = () =>
  veces(2, (i) => {
    const x = CX - 30 + i * 60
    return `<g${girado(i ? 8 : -8, x, CY)}>${elipse(x + 2, CY + 5, 28, 18, '#000', ' opacity=".14"')}${elipse(x, CY, 28, 18, '#C98A3C')}${elipse(x, CY - 2, 25, 15, '#7A4A2B')}${elipse(x, CY - 3, 23, 12.5, '#F2C14E')}${circulo(x - 8, CY - 5, 3, '#C8402C')}${circulo(x + 7, CY, 3, '#C8402C')}${circulo(x, CY - 8, 2.4, '#4F8A3B')}</g>`
  })

const concha: Pincel<unknown> = () =>
  elipse(CX + 3, CY + 8, 42, 32, '#000', ' opacity=".15"') +
  elipse(CX, CY + 2, 42, 33, '#B87433') +
  elipse(CX, CY - 2, 38, 28, '#F4E2B8') +
  veces(
    5,
    (i) =>
      `<path d="M${CX} ${CY + 26}Q${CX - 44 + i * 22} ${CY - 8} ${CX - 30 + i * 15} ${CY - 30}" fill="none" stroke="#D9B97E" stroke-width="3"/>`,
  )

const helado: Pincel<unknown> = () =>
  `<path d="M${CX - 20} 52H${CX + 20}L${CX} 94Z" fill="#D9A154"/>` +
  circulo(CX - 11, 42, 15, '#F6DCE2') +
  circulo(CX + 11, 42, 15, '#F4E6CF') +
  circulo(CX, 26, 15, '#C98F6B') +
  circulo(CX - 4, 21, 4, '#fff', ' opacity=".35"')

const vaso: Pincel<Extract<Dibujo, { que: 'vaso' }>> = ({ color, sinPopote }) =>
  elipse(CX, 90, 22, 6, '#000', ' opacity=".16"') +
  `<path d="M${CX - 19} 12H${CX + 19}L${CX + 14} 90H${CX - 14}Z" fill="#fff" opacity=".75"/>` +
  `<path d="M${CX - 17} 26H${CX + 17}L${CX + 13} 87H${CX - 13}Z" fill="${color}"/>` +
  caja(CX - 9, 30, 10, 10, 3, '#fff', ` opacity=".4"${girado(14, CX, 40)}`) +
  caja(CX + 2, 40, 9, 9, 3, '#fff', ' opacity=".3"') +
  (sinPopote ? '' : `<path d="M${CX + 4} 74L${CX + 14} 2" stroke="#D9472F" stroke-width="4" stroke-linecap="round"/>`)

const botella: Pincel<{ color: string }> = ({ color }) =>
  elipse(CX, 92, 20, 5, '#000', ' opacity=".16"') +
  caja(CX - 7, 6, 14, 10, 2, '#39424A') +
  `<path d="M${CX - 6} 16H${CX + 6}L${CX + 15} 34V86a5 5 0 0 1 -5 5H${CX - 10}a5 5 0 0 1 -5 -5V34Z" fill="${color}"/>` +
  caja(CX - 15, 48, 30, 20, 0, '#fff', ' opacity=".85"') +
  caja(CX - 10, 56, 20, 3, 1.5, color)

const taza: Pincel<{ color: string }> = ({ color }) =>
  elipse(CX, 82, 50, 11, '#000', ' opacity=".14"') +
  elipse(CX, 78, 48, 10, '#fff') +
  `<path d="M${CX + 26} 40a13 13 0 1 1 0 24" fill="none" stroke="#fff" stroke-width="6"/>` +
  `<path d="M${CX - 30} 32H${CX + 30}L${CX + 22} 76H${CX - 22}Z" fill="#fff"/>` +
  elipse(CX, 32, 30, 8.5, '#EFE9DF') +
  elipse(CX, 32, 26.5, 6.8, color) +
  veces(
    3,
    (i) =>
      `<path d="M${CX - 12 + i * 12} 20q4 -5 0 -9t0 -8" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" opacity=".8"/>`,
  )

const mesa: Pincel<unknown> = () =>
  elipse(CX, 56, 58, 26, '#000', ' opacity=".12"') +
  elipse(CX, 52, 58, 26, '#B93A22') +
  veces(
    6,
    (i) =>
      circulo(CX + Math.cos(i * 1.05) * 38, 50 + Math.sin(i * 1.05) * 15, 8, '#fff') +
      circulo(CX + Math.cos(i * 1.05) * 38, 50 + Math.sin(i * 1.05) * 15, 5, '#EFE9DF'),
  ) +
  circulo(CX, 48, 12, '#E0A552') +
  circulo(CX, 48, 10, '#F2C14E')

const reparto: Pincel<unknown> = () =>
  elipse(CX, 84, 56, 6, '#000', ' opacity=".14"') +
  circulo(CX - 34, 72, 13, '#39424A') +
  circulo(CX - 34, 72, 6, '#C9CED2') +
  circulo(CX + 34, 72, 13, '#39424A') +
  circulo(CX + 34, 72, 6, '#C9CED2') +
  `<path d="M${CX - 34} 68H${CX + 8}L${CX + 20} 40H${CX + 32}L${CX + 38} 68" fill="none" stroke="#B93A22" stroke-width="7" stroke-linejoin="round" stroke-linecap="round"/>` +
  caja(CX - 48, 22, 38, 34, 4, '#C51B6B') +
  caja(CX - 42, 34, 26, 5, 2.5, '#fff')

const esLaDeFuera = (disco: number) => disco === 0 || disco === 3
const pesa: Pincel<unknown> = () =>
  caja(CX - 42, 46, 84, 8, 4, '#9AA3AB') +
  veces(4, (i) =>
    caja(
      CX - 54 + i * 10 + (i > 1 ? 68 : 0),
      esLaDeFuera(i) ? 24 : 34,
      9,
      esLaDeFuera(i) ? 52 : 32,
      3,
      esLaDeFuera(i) ? '#39424A' : '#5B646C',
    ),
  )

const credencial: Pincel<unknown> = () =>
  caja(CX - 38, 26, 80, 54, 6, '#000', ' opacity=".14"') +
  caja(CX - 42, 22, 84, 54, 6, '#1F4E5F') +
  circulo(CX - 22, 44, 9, '#DCE8E4') +
  `<path d="M${CX - 36} 68a14 14 0 0 1 28 0Z" fill="#DCE8E4"/>` +
  caja(CX + 2, 38, 32, 5, 2.5, '#DCE8E4') +
  caja(CX + 2, 49, 24, 4, 2, '#8FB3BD') +
  caja(CX + 2, 59, 28, 4, 2, '#8FB3BD')

const PINCELES = {
  ...{ pizza, pasta, horneado, postre, alitas, panes, ensalada, papas, mollete, concha, helado },
  ...{ vaso, botella, taza, mesa, reparto, pesa, credencial },
} satisfies Record<Dibujo['que'], Pincel<never>>
