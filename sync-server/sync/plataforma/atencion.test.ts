import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { VERSION } from '../../../schema/protocol/version.ts'
import { atencionDe, EN_LINEA_MS, enLinea, type LoQueSeSabe, NOVEDAD_MS, revisarAt, SIN_CONTACTO_MS } from './atencion.ts'
import { contarRetraso, cuantos, envejecer, type Histograma, percentil, sumar } from './histograma.ts'
import { palabrasDe, plegarTexto } from './plegar.ts'

const AHORA = Date.UTC(2026, 10, 21, 18)
const equipo = (cambios: Partial<LoQueSeSabe> = {}): LoQueSeSabe => ({
  bajaAt: null,
  ultimoContactoAt: AHORA,
  pendientes: 0,
  offsetMs: 0,
  almacenBytes: 10,
  cuotaBytes: 100,
  protocolo: VERSION,
  sinProcesar: 0,
  huecoAt: null,
  bifurcadaAt: null,
  ...cambios,
})
const de = (cambios: Partial<LoQueSeSabe>, at = AHORA) => atencionDe(equipo(cambios), at)

test('each rule of attention, on both sides of its limit', () => {
  assert.equal(de({}), [])
  assert.equal(de({ sinProcesar: 1 }), ['sin_procesar'])
  assert.equal([de({ huecoAt: AHORA - NOVEDAD_MS }), de({ huecoAt: AHORA - NOVEDAD_MS + 1 })], [[], ['hueco']])
  assert.equal([de({ bifurcadaAt: AHORA - NOVEDAD_MS }), de({ bifurcadaAt: AHORA - 1 })], [[], ['bifurcada']])
  assert.equal([de({ offsetMs: -10 * MINUTO }), de({ offsetMs: -10 * MINUTO - 1 }), de({ offsetMs: null })], [[], ['reloj'], []])
  assert.equal([de({ protocolo: VERSION - 1 }), de({ protocolo: VERSION - 2 }), de({ protocolo: null })], [[], ['version'], []])
  assert.equal([de({ almacenBytes: 80 }), de({ almacenBytes: 81 }), de({ almacenBytes: 81, cuotaBytes: null })], [[], ['almacen'], []])
  assert.equal(de({ pendientes: 3 }, AHORA + SIN_CONTACTO_MS - 1), [])
  assert.equal(de({ pendientes: 3 }, AHORA + SIN_CONTACTO_MS), ['sin_contacto'])
  assert.equal(de({ pendientes: 0 }, AHORA + 30 * DIA), [], 'a shop that is closed with nothing to hand in needs nobody')
  assert.equal(de({ ultimoContactoAt: null, pendientes: null }, AHORA + DIA), [])
})

test('a revoked device needs somebody for what it left unprocessed and for its key, not for its clock', () => {
  const todo = { sinProcesar: 1, huecoAt: AHORA, bifurcadaAt: AHORA, offsetMs: HORA, pendientes: 5, protocolo: 1, almacenBytes: 99 }
  assert.is(de(todo, AHORA + DIA).length, 7)
  assert.equal(de({ ...todo, bajaAt: AHORA }, AHORA + DIA), ['sin_procesar', 'bifurcada'])
})

test('the instant of the next change is exactly when the answer changes', () => {
  const e = equipo({ pendientes: 2, huecoAt: AHORA - DIA, bifurcadaAt: AHORA - 2 * DIA })
  const dicho = (at: number) => JSON.stringify([atencionDe(e, at), enLinea(e, at)])
  for (let at = AHORA, cambios = 0; ; cambios++) {
    const proximo = revisarAt(e, at)
    if (proximo === null) {
      assert.is(cambios, 4)
      break
    }
    assert.ok(proximo > at)
    assert.is(dicho(proximo - 1), dicho(at))
    assert.is.not(dicho(proximo), dicho(at))
    at = proximo
  }
  assert.is(revisarAt(equipo({ bajaAt: AHORA }), AHORA), null)
  assert.equal(
    [enLinea(equipo(), AHORA + EN_LINEA_MS - 1), enLinea(equipo(), AHORA + EN_LINEA_MS), enLinea(equipo({ bajaAt: 1 }), AHORA)],
    [true, false, false],
  )
})

test('percentiles of a histogram are near those of its delays, add up, and forget slowly', () => {
  const delays = Array.from({ length: 1_000 }, (_, i) => 80 + ((i * 7919) % 1_000) ** 2 / 50)
  const [todo, a, b]: Histograma[] = [[], [], []]
  delays.forEach((ms, i) => {
    contarRetraso(todo!, ms)
    contarRetraso(i % 3 === 0 ? a! : b!, ms)
  })
  const ordenados = [...delays].sort((x, y) => x - y)
  for (const parte of [0.5, 0.95]) {
    const cierto = ordenados[Math.ceil(1_000 * parte) - 1]!
    const dicho = percentil(todo!, parte)!
    assert.ok(Math.abs(dicho - cierto) / cierto < 0.2, `p${parte * 100}: ${dicho} for ${cierto}`)
  }
  assert.equal(sumar(a!, b!), todo)
  assert.ok(cuantos(envejecer(todo!, 400)) <= 400)
  assert.equal(percentil([], 0.5), null)
  const extremos: Histograma = []
  for (const ms of [-5_000, 0, Number.MAX_SAFE_INTEGER]) contarRetraso(extremos, ms)
  assert.equal([cuantos(extremos), extremos[0], extremos.length <= 64], [3, 2, true])
})

test('what is looked for has no accents and no capitals, and no more than five words', () => {
  assert.is(plegarTexto('  Pizzería   RÓMA Ñandú '), 'pizzeria roma nandu')
  assert.equal(palabrasDe('Á b  C d e f'), ['a', 'b', 'c', 'd', 'e'])
  assert.equal(palabrasDe(undefined), [])
})

test.run()
