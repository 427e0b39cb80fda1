/** The invariants of the rules, after any history. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../core/canonico.ts'
import type { Mesa } from '../../testing/constructores.ts'
import { contarHistoria } from '../../testing/historia.ts'
import { juzgar } from './juzgar.ts'
import type { Transaccion } from './libro.ts'
import type { Entrada } from './sobre.ts'

const siempre = (revisar: (historia: ReturnType<typeof contarHistoria>) => void) =>
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 80 }), (seed, largo) => revisar(contarHistoria(seed, largo))),
    { numRuns: 150 },
  )
const suma = <T>(lista: Iterable<T>, valor: (uno: T) => number) => [...lista].reduce((total, uno) => total + valor(uno), 0)
const transaccionDe = (e: Entrada) => (e.sobre.datos as { transaccionId?: string }).transaccionId
const ventas = (mesa: Mesa) => [...mesa.libro.transacciones.values()]
const retenciones = (mesa: Mesa, t: Transaccion) => mesa.libro.retenciones.get(t.id) ?? []
const retenida = (mesa: Mesa, t: Transaccion) =>
  !t.acreditada &&
  retenciones(mesa, t).some((r) => r.estado === 'activa') &&
  retenciones(mesa, t).every((r) => r.estado === 'activa' || r.estado === 'levantada')

test('[R1] judging the whole history again, any number of times, changes nothing', () => {
  siempre(({ mesa, entradas }) => {
    const foto = () =>
      textoCanonico(
        Object.entries({ ...mesa.libro, ...mesa.cambios }).map(([k, v]) => [k, v instanceof Map || v instanceof Set ? [...v] : v]),
      )
    const antes = foto()
    for (const entrada of [...entradas, ...entradas.toReversed()]) juzgar(mesa.libro, mesa.cambios, entrada)
    assert.is(foto(), antes)
  })
})

test('every entry has one verdict, and a hecho moves points and tells a shopper at most once', () => {
  siempre(({ mesa, entradas }) => {
    assert.is(mesa.cambios.veredictos.size, new Set(entradas.map((e) => `${e.cadenaId}|${e.seq}`)).size)
    for (const ids of [
      mesa.cambios.historial.map((h) => h.id),
      mesa.cambios.eventos.map((e) => e.hechoId),
      mesa.cambios.avisos.map((a) => a.id),
    ])
      assert.is(new Set(ids).size, ids.length)
  })
})

test('[R6] the balance is the sum of its movements less the named sobregiro, and never negative', () => {
  siempre(({ mesa }) => {
    for (const saldo of mesa.libro.saldos.values()) {
      const suyos = mesa.cambios.historial.filter((h) => h.usuarioId === saldo.usuarioId)
      assert.is(
        saldo.puntosDisponibles + saldo.puntosApartados - saldo.sobregiro,
        suma(suyos, (h) => h.puntos),
      )
      assert.is(
        saldo.puntosAcumulados,
        suma(suyos, (h) => Math.max(0, h.puntos)),
      )
      const porVencer = suma(saldo.porVencer ?? [], (lote) => lote.puntos)
      assert.ok(porVencer <= saldo.puntosDisponibles + saldo.puntosApartados, 'PTS-24: what is not there does not expire')
      assert.ok(saldo.puntosDisponibles >= 0 && saldo.sobregiro >= 0 && saldo.puntosRetenidos >= 0 && saldo.puntosApartados >= 0)
      assert.ok(saldo.puntosDisponibles === 0 || saldo.sobregiro === 0)
    }
  })
})

test('held points are exactly what remains of the held sales', () => {
  siempre(({ mesa }) => {
    for (const saldo of mesa.libro.saldos.values()) {
      const suyas = ventas(mesa).filter((t) => t.clienteId === saldo.usuarioId && retenida(mesa, t))
      assert.is(
        saldo.puntosRetenidos,
        suma(suyas, (t) => t.puntosOtorgados - t.puntosDevueltos),
      )
    }
  })
})

test('[R6] points taken back in total = floor(otorgados × reembolsado / monto); all of them when cancelled', () => {
  siempre(({ mesa }) => {
    for (const t of ventas(mesa)) {
      const porReembolso = Number((BigInt(t.puntosOtorgados) * BigInt(t.reembolsadoCentavos)) / BigInt(t.montoCentavos || 1))
      assert.is(t.puntosDevueltos, t.estado === 'anulada' ? t.puntosOtorgados : porReembolso)
      assert.ok(t.reembolsadoCentavos <= t.montoCentavos)
      if (t.estado !== 'anulada' && t.montoCentavos > 0) assert.is(t.estado === 'reembolsada', t.reembolsadoCentavos === t.montoCentavos)
    }
  })
})

test('points are minted once per sale, and never more than it is worth', () => {
  siempre(({ mesa }) => {
    for (const t of ventas(mesa)) {
      const suyos = mesa.cambios.historial.filter((h) => h.transaccionId === t.id)
      // Another `ganado` is of a monto that rose (SCAN-22).
      if (t.montoOriginalCentavos === null) assert.ok(suyos.filter((h) => h.tipo === 'ganado').length <= 1)
      const enElSaldo = t.acreditada ? t.puntosOtorgados - t.puntosDevueltos : 0
      assert.is(
        suma(suyos, (h) => h.puntos),
        enElSaldo,
      )
    }
  })
})

test('PTS-15: a client has as many visits as sales that stand, and spent what is left of them', () => {
  siempre(({ mesa }) => {
    for (const c of mesa.libro.clientes.values()) {
      const suyas = ventas(mesa).filter((t) => t.clienteId === c.usuarioId && t.estado !== 'anulada')
      assert.is(c.visitas, suyas.length)
      assert.is(
        c.gastadoCentavos,
        suma(suyas, (t) => t.montoCentavos - t.reembolsadoCentavos),
      )
    }
  })
})

test('[R2] at most one automatic credit per card, key and counter', () => {
  siempre(({ mesa, entradas }) => {
    const usos = new Map<string, number>()
    for (const t of ventas(mesa)) {
      if (!t.acreditada || t.puntosOtorgados === 0 || retenciones(mesa, t).some((r) => r.regla === 'R2')) continue
      const datos = entradas.find((e) => e.sobre.id === t.id && e.sobre.tipo === 'venta' && e.seq === t.seq)?.sobre.datos as { qr: string }
      const evidencia = mesa.libro.evidencias.get(datos.qr)
      if (!evidencia?.valida) {
        assert.ok(entradas.some((e) => e.sobre.tipo === 'venta.reclamada' && transaccionDe(e) === t.id)) // by its ticket
        continue
      }
      const uso = `${evidencia.cardId}|${evidencia.llave}|${evidencia.ctr}`
      usos.set(uso, (usos.get(uso) ?? 0) + 1)
    }
    assert.ok([...usos.values()].every((veces) => veces === 1))
  })
})

test('a credited sale has no hold left; a refused or lapsed one is never credited', () => {
  siempre(({ mesa }) => {
    for (const t of ventas(mesa)) {
      const estados = retenciones(mesa, t).map((r) => r.estado)
      if (t.acreditada) assert.ok(estados.every((estado) => estado === 'levantada'))
      if (estados.length > 0) assert.ok(t.clienteId !== null && (t.puntosOtorgados > 0 || t.montoOriginalCentavos !== null))
      if (t.estado === 'anulada') assert.not.ok(estados.includes('activa'))
    }
  })
})

test('[R10] no automatic credit of a cashier after the baja', () => {
  siempre(({ mesa }) => {
    for (const t of ventas(mesa)) {
      const baja = t.empleadoId === null ? null : (mesa.libro.empleados.get(t.empleadoId)?.bajaAt ?? null)
      if (baja !== null && t.effAt > baja && t.puntosOtorgados > 0 && t.clienteId)
        assert.ok(retenciones(mesa, t).some((r) => r.regla === 'R10'))
    }
  })
})

test('[R11] effAt never falls in a chain in order of acceptance, and never passes its receipt', () => {
  siempre(({ mesa, entradas }) => {
    const ultimo = new Map<string, number>()
    const vistas = new Set<string>()
    for (const entrada of entradas) {
      const llave = `${entrada.cadenaId}|${entrada.seq}`
      if (vistas.has(llave)) continue // resent
      vistas.add(llave)
      const effAt = mesa.cambios.veredictos.get(llave)?.effAt ?? Number.NaN
      assert.ok(effAt >= (ultimo.get(entrada.cadenaId) ?? 0) && effAt <= entrada.recibidoAt)
      ultimo.set(entrada.cadenaId, effAt)
    }
  })
})

test('[R13] [R14] a real sale is never blocked, and nothing waits for a sale that is here', () => {
  siempre(({ mesa, entradas }) => {
    const llegadas = new Set(entradas.filter((e) => e.sobre.tipo === 'venta').map((e) => e.sobre.id))
    assert.equal([...mesa.libro.transacciones.keys()].sort(), [...llegadas].sort())
    for (const esperaDe of mesa.libro.enEspera.keys()) if (llegadas.has(esperaDe)) assert.equal(mesa.libro.enEspera.get(esperaDe) ?? [], [])
  })
})

const usosDe = (mesa: Mesa, cuponId: string) => [...mesa.libro.cuponUsos.values()].filter((u) => u.cuponId === cuponId)

test('[R3] what counts of a cupón is within its limits, per client and in all; each sale beyond them, or beyond what was due, is a review entry', () => {
  siempre(({ mesa }) => {
    for (const [id, { definicion, usados }] of mesa.libro.cupones) {
      const cuentan = usosDe(mesa, id).filter((u) => u.estado === 'usado')
      assert.is(usados, cuentan.length)
      assert.ok(definicion.limiteTotal === null || usados <= definicion.limiteTotal)
      for (const suyo of mesa.libro.cuponUsuarios.values()) {
        if (suyo.cuponId !== id) continue
        assert.is(suyo.usados, cuentan.filter((u) => u.deUsuario === suyo.usuarioId).length)
        assert.ok(suyo.usados <= definicion.limitePorCliente)
      }
    }
    for (const uso of mesa.libro.cuponUsos.values()) {
      const avisos = mesa.cambios.avisos.filter((a) => a.regla === 'R3' && a.datos.transaccionId === uso.transaccionId)
      assert.equal(
        avisos.map((a) => [a.codigo, a.costoCentavos]),
        uso.motivo === null ? [] : [[uso.motivo, uso.costoCentavos]],
      )
      assert.ok(uso.costoCentavos <= uso.descuentoCentavos)
      if (uso.estado === 'excedido') assert.is(uso.costoCentavos, uso.descuentoCentavos)
    }
  })
})

test('[R3] [R6] a use is the client’s again exactly when its sale never was, or came back whole', () => {
  siempre(({ mesa }) => {
    for (const uso of mesa.libro.cuponUsos.values()) {
      const t = mesa.libro.transacciones.get(uso.transaccionId)
      if (uso.estado === 'usado') assert.is(t?.estado, 'completada')
      // A monto that rose again leaves what was given back given back.
      if (uso.estado === 'devuelto' && t?.montoOriginalCentavos === null) assert.is.not(t.estado, 'completada')
    }
  })
})

test('[R4] a canje takes its points at most once', () => {
  siempre(({ mesa, entradas }) => {
    for (const canje of mesa.libro.canjes.values()) {
      const entregas = new Set(
        entradas
          .filter((e) => e.sobre.tipo === 'canje_confirmado' && (e.sobre.datos as { canjeId: string }).canjeId === canje.id)
          .map((e) => e.sobre.id),
      )
      const debitos = mesa.cambios.historial.filter((h) => h.tipo === 'canjeado' && entregas.has(h.id))
      assert.equal(
        debitos.map((h) => h.puntos),
        canje.estado === 'confirmado' ? [-canje.puntos] : [],
      )
      assert.not.ok(canje.estado === 'confirmado' && canje.apartado)
    }
  })
})

test('[R5] points apart are those of the canjes that hold theirs; a balance is short only by a sobregiro that was named', () => {
  siempre(({ mesa }) => {
    for (const saldo of mesa.libro.saldos.values()) {
      const suyos = [...mesa.libro.canjes.values()].filter((c) => c.usuarioId === saldo.usuarioId && c.apartado)
      assert.is(
        saldo.puntosApartados,
        suma(suyos, (c) => c.puntos),
      )
    }
    const nombrados = suma(mesa.cambios.avisos, (a) => (a.codigo === 'sobregiro' ? (a.puntos ?? 0) : Number(a.datos.sobregiro ?? 0)))
    assert.ok(suma(mesa.libro.saldos.values(), (s) => s.sobregiro) <= nombrados)
  })
})

test('[R5] a reward is honoured only when its corrected hour is within 30 s of its end', () => {
  siempre(({ mesa }) => {
    for (const canje of mesa.libro.canjes.values())
      if (canje.estado === 'confirmado') assert.ok((canje.cerradoAt ?? Number.NaN) <= canje.venceAt + 30_000)
  })
})

test('the same history gives the same ledger', () => {
  const texto = (seed: number) => textoCanonico([...contarHistoria(seed, 60).mesa.cambios.veredictos.values()])
  fc.assert(
    fc.property(fc.integer(), (seed) => assert.is(texto(seed), texto(seed))),
    { numRuns: 20 },
  )
})

test.run()
