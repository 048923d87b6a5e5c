public class ToFindItemResponse {}
