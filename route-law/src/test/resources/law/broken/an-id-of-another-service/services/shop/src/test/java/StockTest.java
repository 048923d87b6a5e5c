class StockTest {
    String route = "stock-count";
}
