import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import { comprimir } from '../../schema/domain/tarjetas/punto.ts'
import { emitirCertificado, firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { type CaraDeTarjeta, caraDeTarjeta, type Hacer, minutosYSegundos } from '../domain/tarjeta/plantilla.ts'
import { dibujar } from './codigo.ts'
import { dia, diaDe, fechaCorta, haceDe } from './cuando.ts'
import { fragmentoDe, leerLugar } from './lugar.ts'
import { chipDe, faseDeReplica, fraseDe } from './situacion.ts'

const AT = new Date(2026, 10, 21, 18, 5).getTime()
const DIA = 86_400_000

/** Nodes as plain text, enough to see what a person would. */
interface Nodo {
  tipo: string
  propiedades: Record<string, unknown>
  hijos: (Nodo | string | null)[]
}
const h: Hacer<Nodo> = (tipo, propiedades, ...hijos) => ({ tipo, propiedades: propiedades ?? {}, hijos })
const texto = (nodo: Nodo | string | null): string =>
  nodo === null ? '' : typeof nodo === 'string' ? nodo : nodo.hijos.map(texto).join('')
const todos = (nodo: Nodo | string | null): Nodo[] => (nodo && typeof nodo !== 'string' ? [nodo, ...nodo.hijos.flatMap(todos)] : [])
const deClase = (raiz: Nodo, clase: string) =>
  todos(raiz).filter(({ propiedades }) => String(propiedades.className).split(' ').includes(clase))
const cara = (mas: Partial<CaraDeTarjeta<Nodo>> = {}): Nodo =>
  caraDeTarjeta(h, {
    nombre: 'Ana López',
    nivel: 'plata',
    puntosLifetime: 12_500,
    codigo: { trazo: 'M4 4h1v1h-1z', lado: 57 },
    quedanMs: 105_000,
    vigenciaMs: 120_000,
    ...mas,
  })

test('CARD-23: the card says name, nivel, multiplier, countdown and what is left to the next nivel', () => {
  const raiz = cara()
  for (const parte of [
    'CardYA',
    'PLATA',
    'Escanéame para acumular puntos',
    'Válido por: 1:45',
    'Ana López',
    '1.25x',
    'Siguiente nivel: Oro',
    '12,500 / 15,000 pts',
  ])
    assert.ok(texto(raiz).includes(parte), parte)
  const [barra] = deClase(raiz, 'level-bar')
  assert.is(barra?.propiedades['aria-valuenow'], 75)
})

test('CARD-19: the card shows by the numbers of the platform; a nivel that was reached stays when thresholds rise (CARD-20)', () => {
  const reglas = { umbrales: { plata: 13_000, oro: 20_000 }, multiplicadoresPct: { bronce: 100, plata: 130, oro: 150 } }
  const dicho = texto(cara({ reglas }))
  for (const parte of ['1.3x', 'Siguiente nivel: Oro', '12,500 / 20,000 pts']) assert.ok(dicho.includes(parte), parte)
})

test('CARD-22: a metal and a number of lozenges per nivel; oro has nothing above', () => {
  for (const [nivel, llenos] of [
    ['bronce', 1],
    ['plata', 2],
    ['oro', 3],
  ] as const) {
    const raiz = cara({ nivel })
    assert.is(raiz.propiedades.className, `tarjeta tarjeta--${nivel}`)
    assert.is(deClase(raiz, 'rombo--lleno').length, llenos)
  }
  assert.ok(texto(cara({ nivel: 'oro', puntosLifetime: 16_240 })).includes('Nivel más alto16,240 pts de por vida'))
  assert.ok(texto(cara({ nivel: 'bronce', puntosLifetime: 3_180 })).includes('Siguiente nivel: Plata3,180 / 5,000 pts'))
})

/** WCAG: of two colours `#rrggbb`. */
function contraste(una: string, otra: string): number {
  const luz = (color: string) =>
    [1, 3, 5]
      .map((i) => Number.parseInt(color.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((suma, c, i) => suma + c * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0)
  const [mas, menos] = [luz(una), luz(otra)].sort((a, b) => b - a) as [number, number]
  return (mas + 0.05) / (menos + 0.05)
}

test('CARD-09..11: the badge of a nivel has its colour on the card, the till and the desk, and its word can be read on it', () => {
  const hojas = ['tokens', 'componentes', 'escritorio-partes'].map((h) => readFileSync(new URL(`../ui/${h}.css`, import.meta.url), 'utf8'))
  const [tokens = '', componentes = '', escritorio = ''] = hojas
  const tinta = /--color-insignia-ink: (#\w{6});/.exec(tokens)?.[1] ?? ''
  assert.ok(escritorio.includes(`color: ${tinta};\n  background: #cd7f32;`))
  for (const [nivel, color, enEscritorio] of [
    ['bronce', '#cd7f32', '.nivel {'],
    ['plata', '#c0c0c0', '.nivel.plata {'],
    ['oro', '#ffd700', '.nivel.oro {'],
  ] as const) {
    assert.ok(tokens.includes(`--color-${nivel}: ${color};`), nivel)
    for (const regla of [`.nivel--${nivel} {`, `.tarjeta--${nivel} .rank {`])
      assert.ok(componentes.includes(`${regla}\n  background: var(--color-${nivel});`), regla)
    assert.match(escritorio.split(`\n${enEscritorio}`)[1]?.split('}')[0] ?? '', `background: ${color};`)
    assert.ok(contraste(color, tinta) >= 4.5, `${nivel}: ${contraste(color, tinta)}`)
    assert.ok(texto(cara({ nivel })).includes(nivel.toUpperCase()))
  }
})

test('the ring drains with the validity; without a code there is no countdown', () => {
  const resto = (ms: number) => deClase(cara({ quedanMs: ms }), 'anillo__resto')[0]?.propiedades
  assert.equal(resto(105_000)?.style, { strokeDasharray: '87.5 100' })
  assert.match(String(resto(15_000)?.className), 'anillo__resto--vence')
  assert.not.match(String(resto(16_000)?.className), 'anillo__resto--vence')
  assert.not.match(texto(cara({ codigo: null })), /Válido por/)
  assert.equal([0, 999, 1_000, 105_000, 120_000, -5].map(minutosYSegundos), ['0:00', '0:01', '0:01', '1:45', '2:00', '0:00'])
})

test('design 04 §2: a card is a version 8 code, 49 modules, with 4 of quiet zone on each side', async () => {
  const [ca, telefono] = [await generarParDeLlaves(), await generarParDeLlaves()]
  const devPub = comprimir(deBase64(await exportarPublica(telefono.publicKey)))
  const certificado = await emitirCertificado(ca.privateKey, { kid: 1, cardId: 'a'.repeat(16), notAfter: AT, nivel: 'oro', devPub })
  const { trazo, lado } = dibujar(await firmarQr(telefono.privateKey, certificado, { tsSegundos: 1_800_000_000, ctr: 1, flags: 0 }))
  assert.is(lado, 49 + 8)
  const corridas = [...trazo.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map(
    (c) => c.slice(1).map(Number) as [number, number, number, number],
  )
  assert.is(corridas.map(([x, y, largo]) => `M${x} ${y}h${largo}v1h-${largo}z`).join(''), trazo)
  assert.ok(corridas.every(([x, y, largo]) => x >= 4 && y >= 4 && x + largo <= 53 && y < 53))
  assert.equal(corridas[0], [4, 4, 7, 7], 'the finder begins at the corner')
})

test('days as a person says them', () => {
  assert.is(diaDe(AT, AT + 60_000), 'Hoy 18:05')
  assert.is(diaDe(AT, AT + DIA), 'Ayer')
  assert.is(diaDe(AT, AT + 3 * DIA), '21 nov')
  assert.is(dia(AT, AT + 90 * DIA), '21 nov 2026')
  assert.equal([haceDe(AT, AT), haceDe(AT, AT + DIA), haceDe(AT, AT + 5 * DIA)], ['hoy', 'ayer', 'hace 5 días'])
  assert.equal([fechaCorta(AT, AT), fechaCorta(AT, AT + 2 * DIA)], ['18:05', '21 nov'])
})

test('where one is lives in the address; what is unknown is the card (PWA-09)', () => {
  for (const lugar of [
    ...([{ vista: 'tarjeta' }, { vista: 'puntos' }, { vista: 'avisos' }, { vista: 'cupones' }] as const),
    ...([
      { vista: 'historial', negocioId: 'x' },
      { vista: 'recompensas', negocioId: 'x' },
    ] as const),
    ...([
      { vista: 'canje', id: 'x' },
      { vista: 'cupon', id: 'x' },
      { vista: 'guardar', negocioId: 'x', id: 'y' },
    ] as const),
  ])
    assert.equal(leerLugar(fragmentoDe(lugar)), lugar)
  // A ticket's text has anything but an equals sign.
  assert.equal(leerLugar(`#ticket=${encodeURIComponent(' A%1:/B')}`), { vista: 'ticket', texto: ' A%1:/B' })
  for (const raro of ['', '#', '#nada', '#historial', '#historial=', '#canje', '#cupon=', '#guardar=x'])
    assert.equal(leerLugar(raro), { vista: 'tarjeta' })
})

test('five states, each with its own words and shape (design 05)', () => {
  const de = (fase: Parameters<typeof chipDe>[0]['fase'], porAtender = false) => chipDe({ fase, datosAt: AT, porAtender })
  assert.equal([de('al_dia').forma, de('al_dia').texto, de('al_dia').detalle], ['aldia', 'Al día', '18:05'])
  assert.equal([de('actualizando').forma, de('abriendo').forma], ['enviando', 'enviando'])
  assert.equal([de('sin_conexion').forma, de('sin_conexion').texto], ['sinred', 'Sin conexión'])
  assert.equal([de('sin_sesion').forma, de('sin_sesion', true).forma], ['sesion', 'sesion'])
  assert.equal([de('caida').forma, de('al_dia', true).forma, de('sin_conexion', true).forma], ['atencion', 'atencion', 'atencion'])
  assert.match(fraseDe({ fase: 'sin_conexion', datosAt: AT, porAtender: false }, AT), 'como estaban')
  assert.is(faseDeReplica({ fase: 'enviando' } as Parameters<typeof faseDeReplica>[0]), 'actualizando')
})

test.run()
