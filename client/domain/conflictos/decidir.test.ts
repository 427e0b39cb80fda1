import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../../schema/core/tiempo.ts'
import type { Resolucion } from '../../../schema/domain/avisos/aviso.ts'
import { estaBorrado, fusionar, sellar } from '../../../schema/merge/campos.ts'
import { perdidas } from '../../../schema/merge/perdidas.ts'
import type { AvisoDoc } from '../../../schema/protocol/documentos.ts'
import { AHORA, unId } from '../../../schema/testing/constructores.ts'
import type { CambioDeDocumento } from '../../../workers/replica/api.ts'
import { type Caso, casosDe, type Documento, pendiente } from './caso.ts'
import { alDeshacer, cambiosDe, comoEsta, type Eleccion, resueltosDe, todoDe } from './decidir.ts'

const YO = { dispositivoId: unId(1), usuarioId: unId(2), nombre: 'Roberto Méndez' }
const SUYO = unId(3)
const PIZZA: Documento = {
  id: unId(9),
  nombre: 'Especial de la casa',
  precioCentavos: 22_500,
  descripcion: 'Pepperoni, aceituna y champiñón.',
  visible: true,
  sucursales: [],
  borrado: false,
  sellos: {},
}

/** Two people who knew PIZZA edited it apart; what the server holds then, and its inbox. */
function encuentro(mio: Record<string, unknown>, suyo: Record<string, unknown>): { doc: Documento; avisos: AvisoDoc[] } {
  const a = sellar(PIZZA, mio, AHORA - 1_000, YO.dispositivoId)
  const b = sellar(PIZZA, suyo, AHORA - 60_000, SUYO)
  const doc = fusionar(b, a)
  const avisos = perdidas(PIZZA, b, a, doc).map(({ id, codigo, campo, valor, sello, valorGanador, selloGanador }): AvisoDoc => {
    const dato = (v: unknown) => (Array.isArray(v) ? JSON.stringify(v) : (v as string))
    return {
      id: `articulos|${id}`,
      tipo: 'conflicto',
      regla: codigo === 'borrado_con_edicion' ? 'R9' : 'R7',
      codigo,
      costoCentavos: null,
      puntos: null,
      datos: {
        coleccion: 'articulos',
        documentoId: doc.id,
        nombre: String(doc.nombre),
        campo,
        valor: dato(valor),
        dispositivo: sello[1],
        effAt: sello[0],
        valorGanador: dato(valorGanador),
        dispositivoGanador: selloGanador[1],
        effAtGanador: selloGanador[0],
        base: dato(PIZZA[campo]),
        quien: sello[1] === SUYO ? 'Sofía Díaz' : 'Roberto Méndez',
        quienGanador: selloGanador[1] === SUYO ? 'Sofía Díaz' : 'Roberto Méndez',
      },
      creadoAt: AHORA,
      resueltoAt: null,
      resolucion: null,
      borrado: false,
      sellos: {},
    }
  })
  return { doc, avisos }
}

/** What editing does to the document and to its inbox, `at` later. */
function aplicar({ doc, avisos }: { doc: Documento; avisos: AvisoDoc[] }, cambios: CambioDeDocumento[], at = AHORA + 5_000) {
  const de = (id: string) => cambios.find((c) => c.id === id)?.cambios
  const nuevo = de(doc.id)
  return {
    doc: nuevo ? sellar(doc, nuevo, at, YO.dispositivoId) : doc,
    avisos: avisos.map((a): AvisoDoc => {
      const resolucion = de(a.id)?.resolucion as Resolucion | null | undefined
      return resolucion === undefined ? a : { ...a, resolucion, sellos: { resolucion: [at, YO.dispositivoId] } }
    }),
  }
}
const mesa = (m: { doc: Documento; avisos: AvisoDoc[] }): Caso[] => casosDe(m.avisos, new Map([[m.doc.id, m.doc]]), YO)
const soloUno = (m: { doc: Documento; avisos: AvisoDoc[] }): Caso => {
  const casos = mesa(m)
  assert.is(casos.length, 1)
  return casos[0]!
}
const resoluciones = (cambios: CambioDeDocumento[]) => cambios.filter((c) => c.coleccion === 'avisos').map((c) => c.cambios.resolucion)

test('[R7] a case shows base, mine and theirs by field, in the order they are read, and says which one is in force', () => {
  const m = encuentro(
    { descripcion: 'Con aceituna negra.', precioCentavos: 23_900 },
    { precioCentavos: 23_500, descripcion: 'Con orilla.' },
  )
  const caso = soloUno(m)
  assert.equal(
    caso.campos.map(({ campo, base, opciones }) => [campo, base, opciones.map((o) => [o.mio, o.valor, o.vigente])]),
    [
      [
        'precioCentavos',
        22_500,
        [
          [true, 23_900, true],
          [false, 23_500, false],
        ],
      ],
      [
        'descripcion',
        PIZZA.descripcion,
        [
          [true, 'Con aceituna negra.', true],
          [false, 'Con orilla.', false],
        ],
      ],
    ],
  )
  assert.equal(
    caso.lados.map((l) => [l.mio, l.quien]),
    [
      [true, 'Roberto Méndez'],
      [false, 'Sofía Díaz'],
    ],
  )
})

test('[R7] saving it as it stands writes no document; taking theirs writes only what differs', () => {
  const m = encuentro({ precioCentavos: 23_900, visible: false }, { precioCentavos: 23_500 })
  const caso = soloUno(m)
  assert.equal(cambiosDe(caso, comoEsta(caso)), [{ coleccion: 'avisos', id: m.avisos[0]!.id, cambios: { resolucion: 'queda' } }])
  const suyo = cambiosDe(caso, todoDe(caso, 1))
  assert.equal(suyo[0], { coleccion: 'articulos', id: PIZZA.id, cambios: { precioCentavos: 23_500 } })
  assert.equal(resoluciones(suyo), ['restaurada'])
  assert.equal(resoluciones(cambiosDe(caso, { valores: { precioCentavos: 23_700 }, destino: null })), ['editada'])
})

test('[R7] lists that two people changed are compared as lists, not as texts', () => {
  const m = encuentro({ sucursales: [unId(20)] }, { sucursales: [unId(21)] })
  const caso = soloUno(m)
  assert.equal(caso.campos[0]?.base, [])
  assert.equal(cambiosDe(caso, todoDe(caso, 1))[0]?.cambios, { sucursales: [unId(21)] })
})

test('a decision is a resolution of 30 days, and taking it back leaves document and inbox as they were', () => {
  const m = encuentro({ precioCentavos: 23_900 }, { precioCentavos: 23_500 })
  const decidido = aplicar(m, cambiosDe(soloUno(m), todoDe(soloUno(m), 1)))
  assert.is(decidido.doc.precioCentavos, 23_500)
  assert.equal(mesa(decidido), [])
  const [resuelto] = resueltosDe(decidido.avisos, YO.dispositivoId, AHORA + 10_000)
  assert.equal([resuelto?.quedoLoMio, resuelto?.quedoDe, resuelto?.porMi, resuelto?.recibido], [false, 'Sofía Díaz', true, false])
  const vuelta = aplicar(decidido, alDeshacer(resuelto!, decidido.doc), AHORA + 20_000)
  assert.is(vuelta.doc.precioCentavos, 23_900)
  assert.equal(
    mesa(vuelta).map((c) => c.campos[0]?.opciones.map((o) => o.vigente)),
    [[true, false]],
  )
  assert.equal(resueltosDe(vuelta.avisos, YO.dispositivoId, AHORA + 10_000), [])
  assert.equal(resueltosDe(decidido.avisos, YO.dispositivoId, AHORA + 31 * DIA), [])
})

test('taking a decision back does not touch what somebody wrote after it', () => {
  const m = encuentro({ precioCentavos: 23_900 }, { precioCentavos: 23_500 })
  const decidido = aplicar(m, cambiosDe(soloUno(m), todoDe(soloUno(m), 1)))
  const despues = { ...decidido, doc: sellar(decidido.doc, { precioCentavos: 30_000 }, AHORA + 60_000, SUYO) }
  const cambios = alDeshacer(resueltosDe(despues.avisos, YO.dispositivoId, AHORA + 70_000)[0]!, despues.doc)
  assert.equal(
    cambios.map((c) => c.coleccion),
    ['avisos'],
  )
  const caso = soloUno(aplicar(despues, cambios, AHORA + 80_000))
  assert.equal([caso.campos[0]?.actual, caso.campos[0]?.opciones.some((o) => o.vigente)], [30_000, false])
})

test('[R9] edited here, deleted there later: it stays deleted, or comes back with my edits', () => {
  const a = encuentro({ borrado: true }, { precioCentavos: 23_500, visible: false })
  assert.ok(estaBorrado(a.doc))
  const caso = soloUno(a)
  assert.equal([caso.eliminado, caso.borrado?.borro.mio, caso.borrado?.edito.quien], [true, true, 'Sofía Díaz'])
  assert.equal(
    caso.borrado?.cambios.map(({ campo, valor }) => [campo, valor]),
    [
      ['precioCentavos', 23_500],
      ['visible', false],
    ],
  )
  assert.equal(resoluciones(cambiosDe(caso, comoEsta(caso))), ['queda', 'queda'])
  const conservar: Eleccion = { ...comoEsta(caso), destino: 'conservar' }
  const vivo = aplicar(a, cambiosDe(caso, conservar))
  assert.equal([estaBorrado(vivo.doc), vivo.doc.precioCentavos, vivo.doc.visible], [false, 23_500, false])
  assert.equal(resoluciones(cambiosDe(caso, conservar)), ['restaurada', 'restaurada'])
  const vuelta = aplicar(vivo, alDeshacer(resueltosDe(vivo.avisos, YO.dispositivoId, AHORA + 9_000)[0]!, vivo.doc), AHORA + 20_000)
  assert.ok(estaBorrado(vuelta.doc))
  assert.ok(soloUno(vuelta).borrado)
})

test('[R9] deleted there, edited here later: it lives, and may be deleted after all', () => {
  const m = encuentro({ precioCentavos: 23_900 }, { borrado: true })
  assert.not(estaBorrado(m.doc))
  const caso = soloUno(m)
  assert.equal([caso.eliminado, caso.borrado?.borro.quien, caso.borrado?.edito.mio], [false, 'Sofía Díaz', true])
  assert.equal(resoluciones(cambiosDe(caso, comoEsta(caso))), ['queda'])
  const sin = aplicar(m, cambiosDe(caso, { ...comoEsta(caso), destino: 'eliminar' }))
  assert.ok(estaBorrado(sin.doc))
  const vuelta = aplicar(sin, alDeshacer(resueltosDe(sin.avisos, YO.dispositivoId, AHORA + 9_000)[0]!, sin.doc), AHORA + 20_000)
  assert.not(estaBorrado(vuelta.doc))
})

test('on another device of mine my side is told by my name, where it tells one side from the other', () => {
  const { avisos } = encuentro({ precioCentavos: 1 }, { precioCentavos: 2 })
  const lados = (yo: typeof YO) => casosDe(avisos, new Map(), yo)[0]?.lados.map((l) => [l.mio, l.quien])
  const otroEquipo = { ...YO, dispositivoId: unId(88) }
  assert.equal(lados(otroEquipo), [
    [true, 'Roberto Méndez'],
    [false, 'Sofía Díaz'],
  ])
  assert.equal(lados({ ...otroEquipo, nombre: 'Sofía Díaz' })?.[0], [true, 'Sofía Díaz'])
  assert.ok(lados({ ...otroEquipo, nombre: 'Carla' })?.every(([mio]) => !mio))
})

test('an aviso decided by a release that only told when is no case any more', () => {
  const { avisos } = encuentro({ precioCentavos: 1 }, { precioCentavos: 2 })
  const { resolucion, ...viejo } = avisos[0]!
  assert.ok(pendiente(viejo))
  assert.not(pendiente({ ...viejo, resueltoAt: AHORA }))
  assert.is(resolucion, null)
})

test('[R7] CUP-05: two who edited one cupón, or one recompensa, decide it as they do an artículo, in its own collection', () => {
  const m = encuentro({ precioCentavos: 23_500 }, { precioCentavos: 19_900 })
  const de = (coleccion: string) => m.avisos.map((a) => ({ ...a, datos: { ...a.datos, coleccion, campo: 'venceAt' } }))
  const cupon = { ...m.doc, nombre: undefined, titulo: '2x1', venceAt: 23_500 } as unknown as Documento
  const [caso] = casosDe(de('cupones'), new Map([[cupon.id, cupon]]), YO)
  assert.equal([caso?.coleccion, caso?.nombre], ['cupones', '2x1'])
  assert.equal(cambiosDe(caso!, todoDe(caso!, 1))[0], { coleccion: 'cupones', id: cupon.id, cambios: { venceAt: 19_900 } })
  const [resuelto] = resueltosDe(
    de('recompensas').map((a) => ({
      ...a,
      resolucion: 'restaurada' as const,
      sellos: { resolucion: [AHORA, YO.dispositivoId] as [number, string] },
    })),
    YO.dispositivoId,
    AHORA + 1,
  )
  assert.is(alDeshacer(resuelto!, { ...cupon, venceAt: 19_900 })[0]?.coleccion, 'recompensas')
  assert.equal(casosDe(de('otra_cosa'), new Map(), YO), [])
})

test.run()
