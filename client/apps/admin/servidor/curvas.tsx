/** How long a hecho takes to reach the ledger, and how many come. */

import { ChartLine } from 'lucide-react'
import { useMemo } from 'react'
import { DIA } from '../../../../schema/core/tiempo.ts'
import type { PuntoDePulso, Rango, RespuestaPulso } from '../../../../schema/protocol/plataforma.ts'
import { diaYHora, hora } from '../../../lib/formato.ts'
import { pico, topeDeCuenta, topeDeTiempo, ultimo } from '../../../ui/graficas/escala.ts'
import { type DatosDeGrafica, Grafica } from '../../../ui/graficas/grafica.tsx'
import { numero, retraso, ZONA } from '../palabras.ts'
import { conVivos, type Pulso, ventana } from './pulso.ts'
import { t } from './textos.ts'

const ALTO = 132

interface Props {
  leido: RespuestaPulso
  vivos: readonly PuntoDePulso[]
  rango: Rango
}

/** The window of the chart, computed again when something came. */
export function usePulso({ leido, vivos, rango }: Props): Pulso {
  return useMemo(() => {
    // A minute that began since it was read is in the window too.
    const hora = Math.max(leido.hora, ...vivos.map((p) => p.at))
    return ventana(conVivos(leido.puntos, vivos), { hora, cadaMs: leido.cadaMs, rango })
  }, [leido, vivos, rango])
}

const enHoras = (ms: number) => hora(ms, ZONA)
const enDias = (ms: number) => diaYHora(ms, ZONA)
const horaDe = (rango: Rango) => (rango === '7d' ? enDias : enHoras)

export function Retraso({ pulso, rango }: { pulso: Pulso; rango: Rango }) {
  const decir = horaDe(rango)
  const datos = useMemo((): DatosDeGrafica => {
    const alto = pico(pulso.p95)
    const valor = alto === null ? 0 : (pulso.p95[alto] ?? 0)
    return {
      x: pulso.at.map((ms) => ms / 1_000),
      series: [
        { valores: pulso.p50, como: 'tinta', remate: (ms) => `p50 ${retraso(ms)}` },
        { valores: pulso.p95, como: 'acento', remate: (ms) => `p95 ${retraso(ms)}` },
      ],
      tope: topeDeTiempo(Math.max(0, ...pulso.p95.map((ms) => ms ?? 0))),
      decirY: retraso0,
      decirX: (s) => decir(s * 1_000),
      ...(alto === null ? {} : { nota: { donde: alto, valor, texto: t.picoA(retraso(valor), decir(pulso.at[alto] ?? 0)), fuerte: false } }),
    }
  }, [pulso, decir])
  const [p50, p95] = [ultimo(pulso.p50), ultimo(pulso.p95)]
  return (
    <section className="card c5">
      <div className="hd">
        <h2>{t.retraso}</h2>
        <span className="mut sm">{t.deCajaALibro}</span>
      </div>
      <div className="bd">
        {p50 === null || p95 === null ? (
          <SinDatos />
        ) : (
          <Grafica
            datos={datos}
            alto={ALTO}
            descripcion={t.retrasoDicho(retraso(p50.valor), retraso(p95.valor))}
            tabla={{
              titulo: t.retraso,
              cabezas: [t.hora, 'p50', 'p95'],
              filas: pulso.at.flatMap((at, i) => {
                const [a, b] = [pulso.p50[i] ?? null, pulso.p95[i] ?? null]
                return a === null || b === null ? [] : [[decir(at), retraso(a), retraso(b)]]
              }),
            }}
          />
        )}
      </div>
    </section>
  )
}
/** On the axis: whole numbers read without their tenths. */
const retraso0 = (ms: number): string => retraso(ms).replace('.0 s', ' s')

export function Hechos({ pulso, rango, cadaMs }: { pulso: Pulso; rango: Rango; cadaMs: number }) {
  const decir = horaDe(rango)
  const mayor = Math.max(0, ...pulso.hechos)
  const ahora = pulso.hechos.at(-1) ?? 0
  const datos = useMemo((): DatosDeGrafica => {
    const alto = pico(pulso.hechos)
    const valor = alto === null ? 0 : (pulso.hechos[alto] ?? 0)
    return {
      x: pulso.at.map((ms) => ms / 1_000),
      series: [{ valores: pulso.hechos, como: 'barras' }],
      tope: topeDeCuenta(Math.max(...pulso.hechos)),
      decirY: numero,
      decirX: (s) => decir(s * 1_000),
      ...(alto === null ? {} : { nota: { donde: alto, valor, texto: t.picoA(numero(valor), decir(pulso.at[alto] ?? 0)), fuerte: true } }),
    }
  }, [pulso, decir])
  return (
    <section className="card c4">
      <div className="hd">
        <h2>{cadaMs >= DIA / 12 ? t.hechosCada2h : cadaMs > 60_000 ? t.hechosCada15 : t.hechosPorMinuto}</h2>
        <span className="b n">{t.ahora(numero(ahora))}</span>
      </div>
      <div className="bd">
        <Grafica
          datos={datos}
          alto={ALTO}
          descripcion={t.hechosDicho(numero(ahora), numero(mayor))}
          tabla={{
            titulo: t.hechos,
            cabezas: [t.hora, t.hechos],
            filas: pulso.at.flatMap((at, i) => ((pulso.hechos[i] ?? 0) > 0 ? [[decir(at), numero(pulso.hechos[i] ?? 0)]] : [])),
          }}
        />
      </div>
    </section>
  )
}

function SinDatos() {
  return (
    <div className="servidor-sin-datos">
      <ChartLine className="i" aria-hidden="true" />
      <p className="sm mut">{t.sinRetraso}</p>
    </div>
  )
}
