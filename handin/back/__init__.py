"""What a township gets back: a workbook of questions, and its whole ledger."""
