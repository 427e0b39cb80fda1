import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react'
import { ZONA_POR_DEFECTO } from '../../../../schema/domain/sucursales/sucursal.ts'
import type { AvisoDoc, ConfigDoc } from '../../../../schema/protocol/documentos.ts'
import type { EstadoSync, ReplicaApi } from '../../../../workers/replica/api.ts'
import { type EdicionPendiente, type Studio, StudioContext, StudioVivoContext, type StudioVivo as Vivo } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { useEstadoSync, useInsignia, useLiderazgoAlVer, useVueltaDeLaRed } from '../../../replica/use-estado.ts'

const NADA: ConfigDoc[] = []
const NINGUNA: EdicionPendiente[] = []

/**
 * What every screen of an opened Studio stands on; `studio` null: it is being opened. The frame around them stays the same one meanwhile, so that
 * neither an open menu nor the focus is lost when the store is there.
 */
export function StudioVivo({ studio, children }: { studio: Studio | null; children: ReactNode }) {
  const [vivo, setVivo] = useState<Vivo | null>(null)
  return (
    <StudioContext value={studio}>
      {studio && <Seguidor studio={studio} alCambiar={setVivo} />}
      <StudioVivoContext value={studio && vivo}>{children}</StudioVivoContext>
    </StudioContext>
  )
}

/** Watches the store, and draws nothing. */
function Seguidor({ studio, alCambiar }: { studio: Studio; alCambiar: (vivo: Vivo | null) => void }) {
  const { replica, sucursalId, negocio } = studio
  const estado = useEstadoSync(replica)
  const config = useColeccion<ConfigDoc>(replica, 'config') ?? NADA
  const avisos = useColeccion<AvisoDoc>(replica, 'avisos')
  const ediciones = useEdiciones(replica, estado)
  const zona = zonaDe(config, sucursalId ?? negocio.sucursalId ?? negocio.sucursales[0]?.id ?? null)
  useLiderazgoAlVer(replica)
  useVueltaDeLaRed(replica)
  useInsignia(estado?.pendientes ?? 0)
  // The tab somebody opens is the one in view: it exchanges with the server, not one left behind another window.
  useEffect(() => {
    if (document.visibilityState === 'visible') void replica.alHacerseVisible()
  }, [replica])
  useLayoutEffect(() => alCambiar({ estado, config, zona, avisos, ediciones }), [alCambiar, estado, config, zona, avisos, ediciones])
  useEffect(() => () => alCambiar(null), [alCambiar])
  return null
}

/** Read again whenever the state of the exchange moves: an edit was written, taken or refused. */
function useEdiciones(replica: ReplicaApi, estado: EstadoSync | null): EdicionPendiente[] {
  const [ediciones, setEdiciones] = useState(NINGUNA)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state makes the list old
  useEffect(() => {
    let vivo = true
    void replica.edicionesPendientes?.().then((r) => {
      if (vivo && r.ok) setEdiciones(r.valor)
    })
    return () => {
      vivo = false
    }
  }, [replica, estado])
  return ediciones
}

function zonaDe(config: readonly ConfigDoc[], sucursalId: string | null): string {
  const sucursal = config.find((c) => c.id === `sucursal:${sucursalId}`)
  return sucursal && 'zonaHoraria' in sucursal ? sucursal.zonaHoraria : ZONA_POR_DEFECTO
}
