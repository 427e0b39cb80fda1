import { Plus, TicketPercent } from 'lucide-react'
import { useMemo, useState } from 'react'
import { estaBorrado } from '../../../../schema/merge/campos.ts'
import type { CuponDoc } from '../../../../schema/protocol/documentos.ts'
import { type SituacionDeCupon, situacionDeCupon } from '../../../domain/cupones/forma.ts'
import { useMetricasDeCupones } from '../../../domain/cupones/metricas.ts'
import { hora } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { Pestanas } from '../../../ui/escritorio/pestanas.tsx'
import { useTeclas } from '../../../ui/escritorio/tecla.ts'
import { NoEsta } from '../forma/hoja-de-forma.tsx'
import { useAbierto } from '../forma/use-abierto.ts'
import { useAccionesDeCupon } from './acciones.ts'
import { Enviar } from './enviar.tsx'
import { HojaDeCupon } from './hoja-de-cupon.tsx'
import { TarjetaDeCupon } from './tarjeta.tsx'
import { t } from './textos.ts'
import { Usos } from './usos.tsx'
import './cupones.css'

const SITUACIONES = ['vigente', 'por_empezar', 'pausado', 'terminado'] as const

/** CUP-01, 02, 05. The cupones of the sucursal in view, as this device has them; what became of them, as the server counts it. */
export function Cupones() {
  const { replica, negocio, sucursalId, pedir } = useStudio()
  const { zona } = useStudioVivo()
  const docs = useColeccion<CuponDoc>(replica, 'cupones')
  const { metricas, releer } = useMetricasDeCupones(pedir, negocio.negocioId)
  const acciones = useAccionesDeCupon()
  const ahora = useReloj()
  const { abierto, abrir, cerrar } = useAbierto('cupones')
  const [situacion, setSituacion] = useState<SituacionDeCupon>('vigente')
  const [aparte, setAparte] = useState<{ que: 'enviar' | 'usos'; cupon: CuponDoc } | null>(null)
  useTeclas({ n: () => abrir('nuevo') })
  const vivos = useMemo(() => (docs ?? []).filter((c) => !estaBorrado(c)), [docs])
  const deAqui = vivos.filter((c) => sucursalId === null || c.sucursales.length === 0 || c.sucursales.includes(sucursalId))
  const en = (cual: SituacionDeCupon) => deAqui.filter((c) => situacionDeCupon(c, ahora) === cual)
  const vistos = en(situacion).sort((a, b) => (situacion === 'terminado' ? b.venceAt - a.venceAt : a.venceAt - b.venceAt))
  const elAbierto = vivos.find((c) => c.id === abierto) ?? null
  const codigosMenos = (id: string | null) => new Set(vivos.filter((c) => c.id !== id).map((c) => c.codigo))
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{t.lema}</p>
        </div>
        <button type="button" className="btn p" onClick={() => abrir('nuevo')}>
          <Plus className="i" aria-hidden="true" />
          {t.nuevo}
        </button>
      </div>
      <Pestanas
        panel="cupones"
        etiqueta={t.situaciones}
        pestanas={SITUACIONES.map((id) => ({ id, texto: t[id], cuenta: en(id).length }))}
        activa={situacion}
        alCambiar={setSituacion}
      />
      <div id="cupones" role="tabpanel" aria-labelledby={`cupones-${situacion}`} aria-busy={docs === null}>
        {docs === null && <Huesos filas={4} />}
        {docs !== null && vistos.length === 0 && (
          <section className="card">
            <Vacio
              icono={TicketPercent}
              titulo={situacion === 'vigente' ? t.nadaVigente : t.nadaAqui}
              texto={situacion === 'vigente' ? t.nadaVigenteTexto : undefined}
            >
              {situacion === 'vigente' && (
                <button type="button" className="btn p" onClick={() => abrir('nuevo')}>
                  <Plus className="i" aria-hidden="true" />
                  {t.nuevo}
                </button>
              )}
            </Vacio>
          </section>
        )}
        <ul className="cu-lista">
          {vistos.map((cupon) => (
            <TarjetaDeCupon
              key={cupon.id}
              cupon={cupon}
              situacion={situacion}
              cuenta={metricas?.de.get(cupon.id) ?? null}
              acciones={acciones}
              ocupados={codigosMenos(null)}
              alEditar={() => abrir(cupon.id)}
              alAbrir={(que) => setAparte({ que, cupon })}
            />
          ))}
        </ul>
        {vistos.length > 0 && <p className="sm mut cu-pie">{metricas ? t.cuentasDe(hora(metricas.leidoAt, zona)) : t.cuentasConRed}</p>}
      </div>
      {abierto !== null && docs !== null && abierto !== 'nuevo' && !elAbierto && <NoEsta alCerrar={cerrar} />}
      {(abierto === 'nuevo' || elAbierto) && (
        <HojaDeCupon key={abierto} cupon={elAbierto} ocupados={codigosMenos(abierto)} acciones={acciones} alCerrar={cerrar} />
      )}
      {aparte?.que === 'enviar' && (
        <Enviar
          cupon={aparte.cupon}
          alCerrar={() => {
            setAparte(null)
            releer()
          }}
        />
      )}
      {aparte?.que === 'usos' && <Usos cupon={aparte.cupon} alCerrar={() => setAparte(null)} />}
    </>
  )
}
