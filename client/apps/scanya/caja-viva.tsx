import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'
import type { Alta, ReplicaApi, Turno } from '../../../workers/replica/api.ts'
import { CajaContext, VivoContext } from '../../replica/contexto.ts'
import { seguir, useColeccion } from '../../replica/use-consulta.ts'
import { useEstadoSync, useInsignia, useLiderazgoAlVer, useVueltaDeLaRed } from '../../replica/use-estado.ts'

const NADA: ConfigDoc[] = []

/** What every screen of an enrolled till stands on: the replica, its state, who is at the till, the sucursal's zone. */
export function CajaViva({ replica, alta, children }: { replica: ReplicaApi; alta: Alta; children: ReactNode }) {
  const estado = useEstadoSync(replica)
  const turno = useTurnoVivo(replica)
  const config = useColeccion<ConfigDoc>(replica, 'config') ?? NADA
  const zona = zonaDe(config, alta.sucursalId)
  useLiderazgoAlVer(replica)
  useVueltaDeLaRed(replica)
  useInsignia(estado?.pendientes ?? 0)
  const caja = useMemo(() => ({ replica, alta }), [replica, alta])
  const vivo = useMemo(() => ({ estado, turno, config, zona }), [estado, turno, config, zona])
  return (
    <CajaContext value={caja}>
      <VivoContext value={vivo}>{children}</VivoContext>
    </CajaContext>
  )
}

function useTurnoVivo(replica: ReplicaApi): Turno | null | undefined {
  const [turno, setTurno] = useState<Turno | null | undefined>(undefined)
  useEffect(() => {
    if (!replica.observarTurno) return setTurno(null)
    const { observarTurno } = replica
    return seguir((alCambiar) => observarTurno(alCambiar), setTurno)
  }, [replica])
  return turno
}

function zonaDe(config: readonly ConfigDoc[], sucursalId: string | null): string {
  const sucursal = config.find((c) => c.id === `sucursal:${sucursalId}`)
  return sucursal && 'zonaHoraria' in sucursal ? sucursal.zonaHoraria : ZONA_POR_DEFECTO
}
