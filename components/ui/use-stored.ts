import { useQueryClient, type DataTag, type QueryKey } from "@tanstack/react-query"

type Row = { id: number | string }

/** Finds a row of a list with its names as they are stored, for the form that changes them. */
export function useStored<One extends Row>({
  queryKey,
}: {
  queryKey: DataTag<QueryKey, { data: One[] }, Error>
}): (shown: One) => One {
  const client = useQueryClient()
  return (shown) =>
    client.getQueryData<{ data: One[] }>(queryKey)?.data.find(({ id }) => id === shown.id) ?? shown
}
